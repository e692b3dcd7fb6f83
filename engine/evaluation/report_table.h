// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluation/bootstrap.h"
#include "engine/figures/drawing.h"

namespace lacuna {

/// What a column of a table holds.
struct ReportColumn {
    std::string name{};
    int decimals = 3;
    bool interval = true; ///< its cells have intervals
};

struct ReportRow {
    std::string name{};
    std::size_t pictures = 0;
    std::vector<std::optional<Interval>> cells{}; ///< one for each column; nothing: not measured
};

/// A table of measured figures, with how many pictures are behind each row.
struct ReportTable {
    std::string id{};    ///< such as "methods"
    std::string title{}; ///< one line
    std::string note{};  ///< what the columns mean; may be empty
    std::vector<ReportColumn> columns{};
    std::vector<ReportRow> rows{};
    bool heat_map = false; ///< all cells are of one kind: drawn as a map
};

/// Aligned columns for a terminal.
std::string to_text(const ReportTable&);
std::string to_markdown(const ReportTable&);
/// A strict JSON object; cells are {"value", "low", "high"} or null.
std::string to_json(const ReportTable&);

/// One panel for each column: the rows' values with their intervals on a common scale. Or a heat map.
Drawing report_figure(const ReportTable&);
Drawing report_heat_map(const ReportTable&);

} // namespace lacuna
