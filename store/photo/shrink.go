package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif" // a screenshot may be one
	"image/jpeg"
	_ "image/png" // decoders by their magic bytes

	_ "golang.org/x/image/bmp" // old cameras
	xdraw "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // saved from a chat
)

const (
	// Most is the size of a kept photo in bytes.
	Most = 300 << 10
	// mostPixels bounds what is decoded: 100 megapixels take 400 MB.
	mostPixels = 100_000_000
	// longEdge is the longer side of a kept photo: enough for half a page of A4
	// at 200 dpi.
	longEdge = 1600
)

// The reasons for refusing a photo.
var (
	ErrNoPhoto  = errors.New("photo: not an image that can be read")
	ErrTooLarge = errors.New("photo: too many pixels")
)

// Kept is a photo as it is kept.
type Kept struct {
	JPEG          []byte
	Width, Height int
	// Taken is the camera's own time, 2006-01-02T15:04, "" when the file does
	// not say it. Located reports a position that was in the file and is gone.
	Taken   string
	Located bool
	// Marks recognise the picture: of the whole and of parts of it.
	Marks []uint64
}

// Keep draws a photo anew, upright, at most [Most] bytes. Nothing of what the
// camera wrote beside the picture stays in it.
func Keep(raw []byte) (Kept, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || head.Width <= 0 || head.Height <= 0 {
		return Kept{}, ErrNoPhoto
	}
	if head.Width*head.Height > mostPixels {
		return Kept{}, ErrTooLarge
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Kept{}, ErrNoPhoto
	}
	told := readExif(raw)
	drawn := upright(fitted(img, longEdge), told.orientation)
	out := Kept{Taken: told.taken, Located: told.located, Marks: marks(drawn)}
	for edge, quality := longEdge, 85; ; {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, drawn, &jpeg.Options{Quality: quality}); err != nil {
			return Kept{}, fmt.Errorf("photo: encode: %w", err)
		}
		if b.Len() <= Most {
			out.JPEG, out.Width, out.Height = b.Bytes(), drawn.Bounds().Dx(), drawn.Bounds().Dy()
			return out, nil
		}
		if quality > 55 {
			quality -= 10
			continue
		}
		edge, quality = edge*4/5, 75
		drawn = fitted(drawn, edge)
	}
}

// fitted is an image whose longer side is at most edge, on white where it is
// transparent.
func fitted(img image.Image, edge int) *image.RGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if long := max(w, h); long > edge {
		w, h = max(w*edge/long, 1), max(h*edge/long, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	xdraw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), xdraw.Over, nil)
	return out
}

// upright turns an image as the camera was held: the eight orientations of Exif.
func upright(img *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			fx, fy := source(orientation, x, y, w, h)
			out.SetRGBA(x, y, img.RGBAAt(fx, fy))
		}
	}
	return out
}

// source is the pixel of the camera's image that stands at x, y when upright.
func source(orientation, x, y, w, h int) (int, int) { //nolint:revive // two points of a plane
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x
}
