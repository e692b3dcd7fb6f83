// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/evaluation/report_table.h"

namespace lacuna {

namespace {

constexpr int margin = 32, cell_width = 96, cell_height = 56, heading = 96;
constexpr double text_size = 18;

} // namespace

Drawing report_heat_map(const ReportTable& table)
{
    double low = std::numeric_limits<double>::infinity(), high = -low, names = 0;
    for (const ReportRow& row : table.rows) {
        names = std::max(names, Drawing::text_width(row.name, text_size));
        for (const auto& cell : row.cells)
            if (cell && std::isfinite(cell->value)) {
                low = std::min(low, cell->value);
                high = std::max(high, cell->value);
            }
    }
    const double left = margin + names + 16;
    const int width = int(std::max(left + double(table.columns.size()) * cell_width,
                                   margin + Drawing::text_width(table.title, text_size + 2)))
                      + margin;
    Drawing drawing(width, heading + int(table.rows.size()) * cell_height + margin);
    drawing.text(margin, 40, table.title, text_size + 2);
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        drawing.text(left + (double(c) + 0.5) * cell_width, heading - 10, table.columns[c].name, text_size,
                     Drawing::Anchor::Middle, Drawing::faint);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const double top = heading + double(r) * cell_height;
        drawing.text(margin, top + cell_height / 2.0 + 6, table.rows[r].name, text_size);
        for (std::size_t c = 0; c < table.rows[r].cells.size(); ++c) {
            const auto& cell = table.rows[r].cells[c];
            if (!cell || !std::isfinite(cell->value))
                continue;
            const double t = high > low ? (cell->value - low) / (high - low) : 0.5;
            const double x = left + double(c) * cell_width;
            drawing.box(x, top, cell_width - 3, cell_height - 3, heat_colour(t));
            drawing.text(x + (cell_width - 3) / 2.0, top + cell_height / 2.0 + 5, figure_number(cell->value),
                         text_size, Drawing::Anchor::Middle, t > 0.55 ? Drawing::paper : Drawing::ink);
        }
    }
    return drawing;
}

} // namespace lacuna
