// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <locale>
#include <sstream>

#include "engine/core/error.h"
#include "engine/sweep/sweep_report.h"

namespace lacuna {

namespace {

constexpr int margin = 24, label_width = 96, gap = 10, line_height = 18;
constexpr int heat_width = 84, heat_height = 40, heat_title = 340;
constexpr int plot_side = 260;

std::string short_number(double value)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::setprecision(3) << value;
    return text.str();
}

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -low;

    void take(double v)
    {
        low = std::min(low, v);
        high = std::max(high, v);
    }
    double share(double v) const { return high > low ? (v - low) / (high - low) : 0.5; }
};

/// Sizes of the grid that all panels have.
struct Layout {
    std::size_t rows = 1, columns = 1, panels = 1, measures = 2;
    int strip_width = 0, strip_height = 0;

    explicit Layout(const SweepReport& report)
    {
        rows = report.axes.empty() ? 1 : report.axes[0].values.size();
        columns = report.axes.size() > 1 ? report.axes[1].values.size() : 1;
        panels = report.jobs.size() / (rows * columns);
        measures = report.measures.size();
        for (const auto& cell : report.cells)
            if (cell && !cell->members.empty()) {
                const int members = int(cell->members.size());
                strip_width = std::max(strip_width, members * (cell->members[0].width + 2) - 2);
                strip_height = std::max(strip_height, cell->members[0].height);
            }
    }
    std::size_t cell(std::size_t panel, std::size_t row, std::size_t column) const
    {
        return (row * columns + column) * panels + panel;
    }
    int strips_width() const { return int(columns) * (strip_width + gap); }
    int strips_height() const { return line_height + int(rows) * (strip_height + gap); }
    int heat_block() const { return std::max(int(columns) * heat_width, heat_title) + label_width / 2; }
    int heat_line() const { return int(rows) * heat_height + 60; }
    /// Two heat maps in a line.
    int heats_height() const { return std::max(plot_side, int(measures + 1) / 2 * heat_line()); }
    int panel_height() const { return 2 * line_height + strips_height() + heats_height() + 3 * gap; }
    int width() const
    {
        return 2 * margin + label_width + std::max(strips_width(), 2 * heat_block() + plot_side);
    }
};

std::string value_label(const SweepReport& report, std::size_t axis, std::size_t value)
{
    return axis < report.axes.size() ? report.axes[axis].parameter + " " + report.axes[axis].values[value]
                                     : "";
}

void draw_strips(Drawing& d, const SweepReport& report, const Layout& l, std::size_t panel, double top)
{
    const double left = margin + label_width;
    for (std::size_t column = 0; column < l.columns; ++column)
        d.text(left + double(column) * (l.strip_width + gap), top + 12, value_label(report, 1, column));
    for (std::size_t row = 0; row < l.rows; ++row) {
        const double y = top + line_height + double(row) * (l.strip_height + gap);
        d.text(margin, y + l.strip_height / 2.0 + 4, value_label(report, 0, row));
        for (std::size_t column = 0; column < l.columns; ++column) {
            double x = left + double(column) * (l.strip_width + gap);
            const auto& cell = report.cells[l.cell(panel, row, column)];
            if (!cell)
                d.text(x + 4, y + l.strip_height / 2.0 + 4, "not done yet", 11, Drawing::Anchor::Start,
                       Drawing::faint);
            else
                for (const Picture& member : cell->members) {
                    d.picture(x, y, member);
                    x += member.width + 2;
                }
        }
    }
}

void draw_heat(Drawing& d, const SweepReport& report, const Layout& l, std::size_t panel, std::size_t measure,
               double left, double top)
{
    Range range;
    for (const auto& cell : report.cells)
        if (cell && std::isfinite(cell->figures[measure]))
            range.take(cell->figures[measure]);
    const SweepMeasure& m = report.measures[measure];
    d.text(left, top + 12, m.name + (m.unit.empty() ? "" : " (" + m.unit + ")"));
    for (std::size_t column = 0; column < l.columns; ++column)
        d.text(left + (double(column) + 0.5) * heat_width, top + 30, value_label(report, 1, column), 11,
               Drawing::Anchor::Middle, Drawing::faint);
    for (std::size_t row = 0; row < l.rows; ++row)
        for (std::size_t column = 0; column < l.columns; ++column) {
            const auto& cell = report.cells[l.cell(panel, row, column)];
            if (!cell || !std::isfinite(cell->figures[measure]))
                continue;
            const double t = range.share(cell->figures[measure]);
            const double x = left + double(column) * heat_width, y = top + 38 + double(row) * heat_height;
            d.box(x, y, heat_width - 2, heat_height - 2, heat_colour(t));
            d.text(x + heat_width / 2.0 - 1, y + heat_height / 2.0 + 4, short_number(cell->figures[measure]),
                   12, Drawing::Anchor::Middle, t > 0.55 ? Drawing::paper : Drawing::ink);
        }
}

/// A cell with numbers for the first two measures.
bool is_in_plane(const std::optional<SweepCell>& cell)
{
    return cell && std::isfinite(cell->figures[0]) && std::isfinite(cell->figures[1]);
}

/// All cells in the plane of the first two measures, with the line of those that nothing beats.
void draw_pareto(Drawing& d, const SweepReport& report, double left, double top)
{
    Range across, up;
    for (const auto& cell : report.cells)
        if (is_in_plane(cell)) {
            across.take(cell->figures[0]);
            up.take(cell->figures[1]);
        }
    const double side = plot_side - 60;
    const auto x = [&](std::size_t i) {
        return left + 8 + across.share(report.cells[i]->figures[0]) * (side - 16);
    };
    const auto y = [&](std::size_t i) {
        return top + 24 + side - 8 - up.share(report.cells[i]->figures[1]) * (side - 16);
    };
    d.text(left, top + 12, report.measures[1].name + " over " + report.measures[0].name);
    d.line(left, top + 24 + side, left + side, top + 24 + side, Drawing::faint);
    d.line(left, top + 24, left, top + 24 + side, Drawing::faint);
    const std::vector<std::size_t> best = pareto_cells(report);
    for (std::size_t i = 1; i < best.size(); ++i)
        d.line(x(best[i - 1]), y(best[i - 1]), x(best[i]), y(best[i]), Drawing::accent, 2);
    for (std::size_t i = 0; i < report.cells.size(); ++i)
        if (is_in_plane(report.cells[i]))
            d.dot(x(i), y(i), 3.5,
                  std::find(best.begin(), best.end(), i) != best.end() ? Drawing::accent : Drawing::faint);
    if (across.low > across.high)
        return;
    d.text(left, top + 40 + side, short_number(across.low), 11, Drawing::Anchor::Start, Drawing::faint);
    d.text(left + side, top + 40 + side, short_number(across.high), 11, Drawing::Anchor::End, Drawing::faint);
    d.text(left + side + 6, top + 24 + side, short_number(up.low), 11, Drawing::Anchor::Start,
           Drawing::faint);
    d.text(left + side + 6, top + 34, short_number(up.high), 11, Drawing::Anchor::Start, Drawing::faint);
}

} // namespace

Drawing sweep_figure(const SweepReport& report)
{
    check(report.measures.size() >= 2 && report.cells.size() == report.jobs.size(), "a report has cells");
    const Layout l(report);
    Drawing d(l.width(), 2 * margin + int(l.panels) * l.panel_height());
    for (std::size_t panel = 0; panel < l.panels; ++panel) {
        double top = margin + double(panel) * l.panel_height();
        std::string title;
        for (std::size_t axis = 2; axis < report.axes.size(); ++axis)
            title += value_label(report, axis, report.jobs[panel].place[axis]) + "   ";
        d.text(margin, top + 12, title, 14);
        top += line_height;
        draw_strips(d, report, l, panel, top);
        top += l.strips_height() + gap;
        const double left = margin + label_width;
        for (std::size_t m = 0; m < l.measures; ++m) {
            const double y = top + double(m / 2) * l.heat_line();
            const bool first = m % 2 == 0;
            for (std::size_t row = 0; first && row < l.rows; ++row)
                d.text(margin, y + 38 + (double(row) + 0.5) * heat_height + 3, value_label(report, 0, row));
            draw_heat(d, report, l, panel, m, first ? left : left + l.heat_block(), y);
        }
        if (panel == 0)
            draw_pareto(d, report, left + 2 * l.heat_block(), top);
    }
    return d;
}

} // namespace lacuna
