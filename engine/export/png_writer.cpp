// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/file_metadata.h"
#include "engine/export/picture_writers.h"

namespace lacuna {

std::vector<std::uint8_t> encode_png_with(const Picture& picture, const Attachments& beside)
{
    TextChunks texts = beside.texts;
    if (!beside.xmp.empty())
        texts.emplace_back("XML:com.adobe.xmp", beside.xmp);
    std::vector<std::uint8_t> png = encode_png(picture, texts);
    add_to_png(png, beside.profile, exif_block(beside.exif));
    return png;
}

} // namespace lacuna
