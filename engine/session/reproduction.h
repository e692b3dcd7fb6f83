// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/session/messages.h"

/// What is said of a set that was made again from its recipe.
namespace lacuna {

/// What made the pixels, for Recipe::version: the version of Lacuna, and the device and precision of the network where
/// that was not the processor, such as "1.0.0 on cuda:0 in half". `device` as of DeviceInfo::id.
std::string maker_name(const std::string& device, const std::string& precision);
/// The parts of it again; a device of "" is the processor, a precision of "" is float.
struct Maker {
    std::string version{}, device{}, precision{};
};
Maker maker_of(const Recipe&);

/// A completion as it was kept, beside the one of the same member that a second run made.
struct Reproduced {
    int member = 0;
    bool made = false;       ///< the second run has it
    std::size_t samples = 0; ///< that differ
    int largest = 0;         ///< difference of a sample in levels of 255, rounded up

    bool exact() const { return made && samples == 0; }
};
/// `kept`: the whole picture with the hole filled. A picture in another form than the second one (size, channels, bits)
/// differs in every sample.
Reproduced compare(const Picture& kept, int member, const FillRequest&, const CompletionSet& again);

} // namespace lacuna
