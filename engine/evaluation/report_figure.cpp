// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/evaluation/report_table.h"

namespace lacuna {

namespace {

// Pixels; drawn at twice the size of the text of a document.
constexpr int row_height = 44, heading = 64, margin = 24, plot_left = 56, plot_width = 350, title_height = 56,
              least_panel = 440, most_across = 4;
constexpr double text_size = 18;
constexpr Drawing::Colour grid = 0xd6d3cc;

struct Scale {
    double low = 0, high = 1;
    double at(double value) const { return plot_left + (value - low) / (high - low) * plot_width; }
};

/// The next round number away from 0.
double round_end(double value)
{
    if (value == 0)
        return 0;
    const double power = std::pow(10, std::floor(std::log10(std::abs(value))));
    for (const double digits : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (std::abs(value) <= digits * power * (1 + 1e-9))
            return std::copysign(digits * power, value);
    return std::copysign(10 * power, value);
}

/// From 0 or what is below the smallest number to what is above the largest.
Scale scale_of(const ReportTable& table, std::size_t column)
{
    Scale scale{0, 0};
    for (const ReportRow& row : table.rows)
        if (const auto& cell = row.cells[column]; cell && std::isfinite(cell->value)) {
            scale.low = std::min({scale.low, cell->value, cell->low});
            scale.high = std::max({scale.high, cell->value, cell->high});
        }
    if (scale.high <= scale.low)
        scale.high = scale.low + 1;
    return {round_end(scale.low), round_end(scale.high)};
}

/// What all bands of panels have in common.
struct Layout {
    int names = 0, panel = least_panel, across = 1, bands = 1, rows = 0;
    int whole = 0; ///< width of the figure

    explicit Layout(const ReportTable& table)
    {
        const auto width = [](const std::string& text) {
            return static_cast<int>(std::ceil(Drawing::text_width(text, text_size)));
        };
        for (const ReportRow& row : table.rows)
            names = std::max(names, width(row.name));
        names += 2 * margin;
        for (const ReportColumn& column : table.columns)
            panel = std::max(panel, plot_left + width(column.name) + margin);
        const int columns = static_cast<int>(table.columns.size());
        across = std::clamp(columns, 1, most_across);
        bands = (columns + across - 1) / across;
        rows = static_cast<int>(table.rows.size());
        whole = std::max(names + panel * across, width(table.title) + margin) + margin;
    }
    int bottom() const { return heading + row_height * rows; }
    int band() const { return bottom() + 56; }
    double middle(std::size_t row) const { return heading + row_height * (double(row) + 0.5); }
};

void draw_panel(Drawing& d, const ReportTable& table, std::size_t column, const Layout& l, double left,
                double top)
{
    const Scale scale = scale_of(table, column);
    d.text(left + plot_left, top + heading - 30, table.columns[column].name, text_size);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double value = scale.low + share * (scale.high - scale.low), x = left + scale.at(value);
        d.line(x, top + heading - 12, x, top + l.bottom(), grid);
        d.text(x, top + l.bottom() + 26, figure_number(value), text_size, Drawing::Anchor::Middle);
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto& cell = table.rows[r].cells[column];
        if (!cell || !std::isfinite(cell->value))
            continue;
        const double y = top + l.middle(r);
        if (table.columns[column].interval)
            d.line(left + scale.at(cell->low), y, left + scale.at(cell->high), y, Drawing::accent, 3);
        d.dot(left + scale.at(cell->value), y, 6, Drawing::accent);
    }
}

} // namespace

Drawing report_figure(const ReportTable& table)
{
    if (table.heat_map)
        return report_heat_map(table);
    const Layout l(table);
    Drawing d(l.whole, title_height + l.band() * l.bands);
    d.text(margin, 36, table.title, text_size);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const int band = static_cast<int>(c) / l.across, place = static_cast<int>(c) % l.across;
        const double top = title_height + band * l.band();
        if (place == 0)
            for (std::size_t r = 0; r < table.rows.size(); ++r)
                d.text(margin, top + l.middle(r) + 6, table.rows[r].name, text_size);
        draw_panel(d, table, c, l, l.names + l.panel * place, top);
    }
    return d;
}

} // namespace lacuna
