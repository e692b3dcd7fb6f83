// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"

/// Trainings that take seconds.
namespace lacuna::test {

inline constexpr const char* small_network =
    R"({"network": "adm", "image_size": 16, "num_channels": 32, "num_res_blocks": 1, "channel_mult": [1, 2],
        "attention_resolutions": [8], "num_head_channels": 32, "use_new_attention_order": true})";

/// Writes four pictures into `folder`/pictures; a configuration to learn them, with `more` members.
inline std::string four_pictures(const std::filesystem::path& folder, const std::string& more = "")
{
    std::filesystem::create_directories(folder / "pictures");
    for (int i = 0; i < 4; ++i)
        write_file(folder / "pictures" / (std::to_string(i) + ".png"),
                   encode_png(make_picture(16, 16, 3, 8, [&](std::uint8_t* to) {
                       for (int p = 0; p < 256; ++p)
                           for (int c = 0; c < 3; ++c)
                               *to++ = static_cast<std::uint8_t>((p % 16 < 8) == (i % 2 == 0) ? 40 + 60 * i
                                                                                              : 220 - 50 * c);
                   })));
    return R"({"name": "Four", "data": {"pictures": ")" + (folder / "pictures").string()
           + R"(", "size": 16}, "batch": 8, "steps": 6, "warmup": 2, "learning_rate": 0.002, "ema": 0.9, )"
           + R"("log_every": 1, "validation": {"pictures": 8, "every": 2}, "samples": {"every": 0}, "network": )"
           + small_network + more + "}";
}

/// A classifier of small cats.
inline constexpr const char* cat_classifier =
    R"({"name": "c", "objective": "attributes", "data": {"world": "cats", "size": 32, "scenes": 8}, "steps": 120,
        "batch": 8, "learning_rate": 0.002, "warmup": 5, "log_every": 5, "validation": {"every": 0},
        "network": {"network": "encoder", "image_size": 32, "out_channels": 17, "num_channels": 32,
            "num_res_blocks": 1, "channel_mult": [1, 1, 1], "attention_resolutions": [], "num_head_channels": 32}})";

} // namespace lacuna::test
