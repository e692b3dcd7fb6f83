// SPDX-License-Identifier: GPL-3.0-or-later
#include <webp/decode.h>

#include "engine/core/picture_codecs.h"

namespace lacuna {

Picture decode_webp(Bytes file, const std::string& name)
{
    WebPBitstreamFeatures form{};
    if (WebPGetFeatures(file.data(), file.size(), &form) != VP8_STATUS_OK)
        refuse_picture(name, "is damaged or cut off");
    check_size(form.width, form.height, name);
    if (form.has_animation)
        refuse_picture(name, "is an animation, not one picture");
    return make_picture(form.width, form.height, form.has_alpha ? 4 : 3, 8, [&](std::uint8_t* out) {
        const int row = form.width * (form.has_alpha ? 4 : 3);
        const std::size_t size = std::size_t(row) * std::size_t(form.height);
        const auto decode = form.has_alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
        if (!decode(file.data(), file.size(), out, size, row))
            refuse_picture(name, "is damaged or cut off");
    });
}

} // namespace lacuna
