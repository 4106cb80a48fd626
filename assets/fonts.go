package assets

import _ "embed" // the faces below are compiled into the program

//go:embed fonts/NotoSansSC_400Regular.ttf
var sansRegular []byte

//go:embed fonts/NotoSerifSC_400Regular.ttf
var serifRegular []byte

//go:embed fonts/NotoSerifSC_700Bold.ttf
var serifBold []byte

// SansRegular is the face of the window, Noto Sans SC 400: a static TrueType
// font with glyf outlines, the only kind that both the window toolkit and the
// PDF writer read.
//
// All 8,105 characters of 通用规范汉字表 (2013) have a glyph, the 196 of them
// outside the BMP (𬭎 𬱖 𫖯 …) included. Beyond that table the rare characters
// of Unicode's extension B onward are mostly missing (𠮷 for one), and so is ☑:
// draw a ticked box as □ and √.
func SansRegular() []byte { return sansRegular }

// SerifRegular is the face of papers, Noto Serif SC 400 (the 宋体 of official
// forms). Its kind and its coverage are those of [SansRegular].
func SerifRegular() []byte { return serifRegular }

// SerifBold is [SerifRegular] at weight 700, for the titles of papers.
func SerifBold() []byte { return serifBold }
