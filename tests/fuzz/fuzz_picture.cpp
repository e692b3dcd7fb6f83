// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and masks of every format, and what their files say beside the pixels.
#include "engine/core/picture_file.h"
#include "engine/export/file_metadata.h"
#include "engine/project/foreign_settings.h"
#include "engine/project/png_recipe.h"
#include "tests/fuzz/only_refusals.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lacuna;
    const std::span file(data, size);
    Picture picture;
    fuzz::only_refusals([&] { picture = decode_picture(file, "fuzz"); });
    if (!picture.empty()) {
        const Mask mask = mask_from_picture(picture), inverted = mask_from_picture(picture, true);
        fuzz::must(mask.hole_pixels() + inverted.hole_pixels() == mask.values.size());
        read_metadata(file, picture);
    }
    TextChunks texts;
    if (!fuzz::only_refusals([&] { texts = read_png_texts(file, "fuzz"); }))
        return 0;
    find_foreign_settings(texts);
    fuzz::only_refusals([&] { find_recipe(texts, 16, 16, "fuzz"); });
    return 0;
}
