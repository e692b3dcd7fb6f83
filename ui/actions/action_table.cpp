// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_registry.h"

#include <QtGlobal>

#define TEXT(text) QT_TRANSLATE_NOOP("Actions", text)

namespace lacuna::ui {

std::vector<ActionSpec> actionTable()
{
    using enum Section;
    return {
        {"open", File, TEXT("&Open…"), TEXT("Open a picture or a project"), "open", "Ctrl+O"},
        {"new-example", File, TEXT("&New Example Picture"),
         TEXT("Draw another scene with a hole, of the kind that was drawn last"), "", "Ctrl+N"},
        {"paste", File, TEXT("&Paste Picture"), TEXT("Open the picture of the clipboard"), "", "Ctrl+V"},
        {"save", File, TEXT("&Save"), TEXT("Save picture, mask and completions as a project"), "", "Ctrl+S",
         false, true},
        {"save-as", File, TEXT("Save &As…"), TEXT("Save the project under another name"), "", "Ctrl+Shift+S"},
        {"recover", File, TEXT("&Recover…"), TEXT("Open again what was closed without being saved"), "", ""},
        {"export", File, TEXT("&Export Shown Completion…"),
         TEXT("Save the completion on the canvas as a PNG file"), "export", "Ctrl+E", false, true},
        {"export-all", File, TEXT("Export A&ll Completions…"),
         TEXT("Save every completion of the set into a folder"), "", "Ctrl+Shift+E"},
        {"quit", File, TEXT("&Quit"), TEXT("Close Lacuna"), "", "Ctrl+Q", false, true},

        {"undo", Edit, TEXT("&Undo"), TEXT("Take back the last change of the mask"), "undo", "Ctrl+Z"},
        {"redo", Edit, TEXT("&Redo"), TEXT("Make the change of the mask again"), "redo",
         "Ctrl+Shift+Z Ctrl+Y"},

        {"zoom-in", View, TEXT("Zoom &In"), TEXT("Show the picture larger"), "zoom-in", "Ctrl++ Ctrl+="},
        {"zoom-out", View, TEXT("Zoom &Out"), TEXT("Show the picture smaller"), "zoom-out", "Ctrl+-"},
        {"zoom-fit", View, TEXT("&Fit Picture"), TEXT("Show the whole picture"), "zoom-fit", "Ctrl+0 F"},
        {"zoom-actual", View, TEXT("&Actual Size"), TEXT("Show one picture pixel as one screen pixel"),
         "zoom-actual", "Ctrl+1"},
        {"show-mask", View, TEXT("Show &Mask"), TEXT("Show the hole as a hatched colour over the picture"),
         "mask", "Ctrl+H", true, true},
        {"show-original", View, TEXT("Show O&riginal"),
         TEXT("Return from a completion to the picture as it was"), "", "0"},
        {"compare", View, TEXT("&Compare with Original"),
         TEXT("Hold to see the picture without the completion"), "compare", "(C held)"},
        {"compare-split", View, TEXT("A|B &Slider"), TEXT("Slide a line between original and completion"), "",
         "V", true},
        {"compare-difference", View, TEXT("&Difference"), TEXT("Show what the completion changed, on black"),
         "", "D", true},
        {"compare-blink", View, TEXT("&Blink"), TEXT("Show original and completion in turn"), "", "", true},

        {"brush", Mask, TEXT("&Brush"), TEXT("Paint the hole; the right button erases"), "brush", "B", true},
        {"eraser", Mask, TEXT("&Eraser"), TEXT("Make painted pixels known again"), "eraser", "E", true},
        {"rectangle", Mask, TEXT("&Rectangle"), TEXT("Drag a rectangular hole; the right button erases"),
         "rectangle", "R", true},
        {"lasso", Mask, TEXT("&Lasso"), TEXT("Draw around a hole; the right button erases"), "lasso", "L",
         true},
        {"pan", Mask, TEXT("&Move View"), TEXT("Drag the picture; Space held does the same with any tool"),
         "pan", "H", true},
        {"brush-smaller", Mask, TEXT("&Smaller Brush"), TEXT("Make the brush smaller; also Alt and wheel"),
         "", "[", false, true},
        {"brush-larger", Mask, TEXT("Lar&ger Brush"), TEXT("Make the brush larger; also Alt and wheel"), "",
         "]"},
        {"mask-all", Mask, TEXT("Mark &All"), TEXT("Make the whole picture a hole"), "", "Ctrl+A", false,
         true},
        {"clear", Mask, TEXT("&Clear"), TEXT("Make every pixel known"), "clear", "Ctrl+Shift+A"},
        {"invert", Mask, TEXT("&Invert"), TEXT("Exchange hole and known pixels"), "invert", "Ctrl+Shift+I"},
        {"import-mask", Mask, TEXT("I&mport Mask…"),
         TEXT("Read a mask from a picture file: white is the hole"), "import-mask", "", false, true},
        {"export-mask", Mask, TEXT("E&xport Mask…"), TEXT("Save the mask as a PNG file: white is the hole"),
         "export-mask", ""},

        {"generate", Generate, TEXT("&Generate Set"), TEXT("Fill the hole in several different ways"),
         "generate", "Ctrl+Return Ctrl+Enter"},
        {"stop", Generate, TEXT("&Stop"), TEXT("End the run and keep what is there so far"), "stop", "Esc"},
        {"new-seed", Generate, TEXT("New S&eed"), TEXT("Roll the dice for another set"), "dice", "Ctrl+D",
         false, true},
        {"sweep", Generate, TEXT("S&weep…"),
         TEXT("Fill the hole with many values of two parameters and compare the sets"), "", "Ctrl+Shift+W"},
        {"next", Generate, TEXT("&Next Completion"), TEXT("Show the next completion of the set"), "",
         "PgDown", false, true},
        {"previous", Generate, TEXT("&Previous Completion"), TEXT("Show the previous completion of the set"),
         "", "PgUp"},
        {"pick", Generate, TEXT("Show Completion 1 to 9"), TEXT("Show the completion with that number"), "",
         "(1 … 9)"},
        {"gallery-open", Generate, TEXT("Open the Branch of a Card"), TEXT("Show what a card stands for"), "",
         "(Enter)"},
        {"gallery-back", Generate, TEXT("Leave the Branch"), TEXT("Go one level up in the tree"), "",
         "(Backspace)"},
        {"gallery-star", Generate, TEXT("Star a Card"), TEXT("Keep it when the cards are chosen anew"), "",
         "(S)"},
        {"gallery-reject", Generate, TEXT("Reject a Card"), TEXT("Mark it as not wanted"), "", "(X)"},

        {"shortcuts", Help, TEXT("&Keyboard Shortcuts"), TEXT("List what every key does"), "", "F1"},
        {"about", Help, TEXT("&About Lacuna"), TEXT("Version and licence"), "", "", false, true},
        {"about-qt", Help, TEXT("About &Qt"), TEXT("Version and licence of Qt"), "", ""},
    };
}

} // namespace lacuna::ui
