// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/colour_profile.h"

#include <array>
#include <memory>

#include <lcms2.h>

#include "engine/core/error.h"

namespace lacuna {

namespace {

struct Close {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
struct Delete {
    void operator()(void* transform) const { cmsDeleteTransform(transform); }
};
using Profile = std::unique_ptr<void, Close>;

Profile open_profile(std::span<const std::uint8_t> bytes)
{
    return Profile(cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size())));
}

/// The curve of sRGB (IEC 61966-2-1) for pictures of one channel.
Profile grey_srgb()
{
    const std::array<cmsFloat64Number, 5> curve{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve* tone = cmsBuildParametricToneCurve(nullptr, 4, curve.data());
    Profile profile(cmsCreateGrayProfile(cmsD50_xyY(), tone));
    cmsFreeToneCurve(tone);
    return profile;
}

} // namespace

std::string profile_name(std::span<const std::uint8_t> bytes)
{
    const Profile profile = open_profile(bytes);
    std::array<char, 128> name{};
    if (profile)
        cmsGetProfileInfoASCII(profile.get(), cmsInfoDescription, "en", "US", name.data(), name.size() - 1);
    return printable(name.data());
}

Picture to_srgb(const Picture& picture, std::span<const std::uint8_t> bytes)
{
    const bool grey = picture.channels < 3;
    const Profile from = open_profile(bytes), to = grey ? grey_srgb() : Profile(cmsCreate_sRGBProfile());
    const cmsUInt32Number form = COLORSPACE_SH(grey ? PT_GRAY : PT_RGB) | CHANNELS_SH(grey ? 1 : 3)
                                 | EXTRA_SH(picture.has_alpha() ? 1 : 0) | BYTES_SH(picture.bits / 8);
    const std::unique_ptr<void, Delete> transform(
        from && to ? cmsCreateTransform(from.get(), form, to.get(), form, INTENT_RELATIVE_COLORIMETRIC,
                                        cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA)
                   : nullptr);
    if (!transform)
        throw Error(ErrorKind::Input, "The colour profile of the picture", "cannot be used",
                    "Export without converting the colours");
    return make_picture(picture.width, picture.height, picture.channels, picture.bits,
                        [&](std::uint8_t* out) {
                            for (int y = 0; y < picture.height; ++y, out += picture.row_bytes())
                                cmsDoTransform(transform.get(), picture.row(y), out,
                                               static_cast<cmsUInt32Number>(picture.width));
                        });
}

} // namespace lacuna
