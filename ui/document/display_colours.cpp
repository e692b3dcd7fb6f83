// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/display_colours.h"

#include <map>
#include <mutex>

#include "engine/core/error.h"
#include "engine/export/colour_profile.h"

namespace lacuna::ui {
namespace {

struct Remembered {
    std::weak_ptr<const std::vector<std::uint8_t>> pixels{};
    SharedProfile profile{};
};

std::mutex mutex;
std::map<const void*, Remembered> remembered; ///< by the address of the pixels

} // namespace

void rememberProfile(const Picture& picture, const SharedProfile& profile)
{
    if (!profile || profile->empty() || profile_name(*profile).starts_with("sRGB"))
        return;
    const std::lock_guard lock(mutex);
    std::erase_if(remembered, [](const auto& one) { return one.second.pixels.expired(); });
    remembered[picture.bytes.get()] = {picture.bytes, profile};
}

SharedProfile profileOf(const Picture& picture)
{
    const std::lock_guard lock(mutex);
    const auto found = remembered.find(picture.bytes.get());
    return found != remembered.end() && !found->second.pixels.expired() ? found->second.profile : nullptr;
}

Picture asDisplayed(const Picture& pixels, const SharedProfile& profile)
{
    if (!profile)
        return pixels;
    try {
        return to_srgb(pixels, *profile);
    } catch (const Error&) {
        return pixels; // the profile cannot be used
    }
}

} // namespace lacuna::ui
