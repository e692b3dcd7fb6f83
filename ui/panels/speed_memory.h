// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "engine/core/recipe.h"
#include "engine/session/messages.h"

namespace lacuna::ui {

/// How long an evaluation of one picture takes on this machine, for each model and method, as earlier runs took it.
/// That of This photo is counted for each pixel of the hole, because its work grows with it.
class SpeedMemory {
public:
    /// Reads what is known and keeps it there from now on; without a file it lasts as long as this object.
    void setFile(const std::filesystem::path& file);

    /// None where no run was measured.
    std::optional<double> seconds(const Recipe& recipe, std::size_t holePixels) const;

    /// A run begins, reports, and has ended: most of what counts is measured between its first and its last report.
    void begin(const Recipe& recipe, std::size_t holePixels);
    void note(const Progress& progress);
    bool end(); ///< true: something was learned

private:
    static QString key(const Recipe& recipe);
    static double unit(const Recipe& recipe, std::size_t holePixels);

    QString file_{};
    std::map<QString, double> known_{};
    struct Run {
        Recipe recipe{};
        double unit = 1;
        std::optional<Progress> first{}, last{};
    };
    std::optional<Run> run_{};
};

/// "9 s", "2 min 10 s", "25 min", "3 h 20 min".
QString durationText(double seconds);

} // namespace lacuna::ui
