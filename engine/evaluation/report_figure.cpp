// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <locale>
#include <sstream>

#include <opencv2/imgproc.hpp>

#include "engine/evaluation/report_table.h"

namespace lacuna {

namespace {

// Pixels; drawn at twice the size of the text of a document.
constexpr int row_height = 44, heading = 64, margin = 24, panel_width = 420, plot_left = 30, plot_width = 360,
              title_height = 48, most_across = 4;
constexpr double text_size = 0.62;
constexpr int font = cv::FONT_HERSHEY_SIMPLEX;
const cv::Scalar paper(246, 245, 242), ink(40, 40, 44), faint(214, 211, 204), accent(38, 104, 158);

int text_width(const std::string& text)
{
    int below = 0;
    return cv::getTextSize(text, font, text_size, 1, &below).width;
}

void write(cv::Mat& image, const std::string& text, int x, int y)
{
    cv::putText(image, text, {x, y}, font, text_size, ink, 1, cv::LINE_AA);
}

/// A number with three digits.
std::string short_number(double value)
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::setprecision(3) << value;
    return out.str();
}

struct Scale {
    double low = 0, high = 1;
    int at(double value) const
    {
        return plot_left + static_cast<int>(std::lround((value - low) / (high - low) * plot_width));
    }
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

void draw_panel(cv::Mat& image, const ReportTable& table, std::size_t column, int left)
{
    const Scale scale = scale_of(table, column);
    const int bottom = heading + row_height * static_cast<int>(table.rows.size());
    write(image, table.columns[column].name, left + plot_left, heading - 30);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double value = scale.low + share * (scale.high - scale.low);
        const int x = left + scale.at(value);
        cv::line(image, {x, heading - 12}, {x, bottom}, faint, 1);
        const std::string text = short_number(value);
        write(image, text, x - text_width(text) / 2, bottom + 26);
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto& cell = table.rows[r].cells[column];
        if (!cell || !std::isfinite(cell->value))
            continue;
        const int y = heading + row_height * static_cast<int>(r) + row_height / 2;
        if (table.columns[column].interval)
            cv::line(image, {left + scale.at(cell->low), y}, {left + scale.at(cell->high), y}, accent, 3,
                     cv::LINE_AA);
        cv::circle(image, {left + scale.at(cell->value), y}, 6, accent, cv::FILLED, cv::LINE_AA);
    }
}

} // namespace

Picture draw(const ReportTable& table)
{
    int names = 0;
    for (const ReportRow& row : table.rows)
        names = std::max(names, text_width(row.name));
    names += 2 * margin;
    const int columns = static_cast<int>(table.columns.size()), across = std::min(columns, most_across);
    const int bands = (columns + across - 1) / across;
    const int band_height = heading + row_height * static_cast<int>(table.rows.size()) + 56;
    const int width = std::max(names + panel_width * across, text_width(table.title) + margin) + margin;
    const int height = title_height + band_height * bands;
    return make_picture(width, height, 3, 8, [&](std::uint8_t* out) {
        cv::Mat whole(height, width, CV_8UC3, out);
        whole.setTo(paper);
        write(whole, table.title, margin, 34);
        for (int band = 0; band < bands; ++band) {
            const int top = title_height + band * band_height;
            cv::Mat image = whole.rowRange(top, top + band_height);
            for (std::size_t r = 0; r < table.rows.size(); ++r)
                write(image, table.rows[r].name, margin,
                      heading + row_height * static_cast<int>(r) + row_height / 2 + 7);
            for (int c = band * across; c < std::min(columns, (band + 1) * across); ++c)
                draw_panel(image, table, static_cast<std::size_t>(c),
                           names + panel_width * (c - band * across));
        }
    });
}

} // namespace lacuna
