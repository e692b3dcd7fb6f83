// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/reproduction.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace lacuna {

namespace {

constexpr const char *on = " on ", *in = " in ";

/// The sample at this place of the bytes, 0..255 or 0..65535.
int sample(const Picture& picture, std::size_t index)
{
    if (picture.bits == 8)
        return (*picture.bytes)[index];
    std::uint16_t wide = 0;
    std::memcpy(&wide, picture.bytes->data() + 2 * index, sizeof wide);
    return wide;
}

} // namespace

std::string maker_name(const std::string& device, const std::string& precision)
{
    std::string maker = LACUNA_VERSION;
    if (!device.empty() && device != "cpu")
        maker += on + device;
    if (!precision.empty() && precision != "float")
        maker += in + precision;
    return maker;
}

Maker maker_of(const Recipe& recipe)
{
    Maker maker{.version = recipe.version};
    const auto cut = [&maker](const char* word, std::string& part) {
        const auto at = maker.version.find(word);
        if (at == std::string::npos)
            return;
        part = maker.version.substr(at + std::strlen(word));
        maker.version.resize(at);
    };
    cut(in, maker.precision);
    cut(on, maker.device);
    return maker;
}

Reproduced compare(const Picture& kept, int member, const FillRequest& request, const CompletionSet& again)
{
    Reproduced result{.member = member};
    const auto one = std::find_if(again.completions.begin(), again.completions.end(),
                                  [&](const Completion& c) { return c.member == member; });
    result.made = one != again.completions.end() && !one->patches.empty();
    const std::size_t samples =
        std::size_t(kept.width) * std::size_t(kept.height) * std::size_t(kept.channels);
    const Picture now = result.made ? composite(canvas(request, again), canvas_hole(request, again), *one,
                                                again.recipe.soft_edge)
                                    : Picture();
    if (now.width != kept.width || now.height != kept.height || now.channels != kept.channels
        || now.bits != kept.bits) {
        result.samples = samples;
        result.largest = 255;
        return result;
    }
    int largest = 0; // in levels of the pictures
    for (std::size_t i = 0; i < samples; ++i) {
        const int difference = std::abs(sample(kept, i) - sample(now, i));
        result.samples += difference != 0;
        largest = std::max(largest, difference);
    }
    const int level = kept.bits == 8 ? 1 : 257;
    result.largest = (largest + level - 1) / level;
    return result;
}

} // namespace lacuna
