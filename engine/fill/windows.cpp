// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/windows.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace lacuna {

namespace {

/// Rectangles around the holes, those nearer than about a cell joined: found on a grid of cells, so that a mask
/// with thousands of specks stays cheap.
std::vector<cv::Rect> hole_groups(const Mask& mask)
{
    constexpr int cell = 32;
    cv::Mat cells = cv::Mat::zeros((mask.height + cell - 1) / cell, (mask.width + cell - 1) / cell, CV_8U);
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            if (mask.is_hole(x, y))
                cells.at<std::uint8_t>(y / cell, x / cell) = 255;
    cv::Mat labels;
    const int count = cv::connectedComponents(cells, labels, 8);
    std::vector<cv::Rect> groups(static_cast<std::size_t>(count));
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            if (mask.is_hole(x, y))
                groups[labels.at<int>(y / cell, x / cell)] |= cv::Rect(x, y, 1, 1);
    groups.erase(groups.begin()); // label 0 is the background
    return groups;
}

cv::Rect surroundings(const cv::Rect& hole, const Mask& mask, int least_margin)
{
    const int margin = std::max(least_margin, std::max(hole.width, hole.height));
    return cv::Rect(hole.x - margin, hole.y - margin, hole.width + 2 * margin, hole.height + 2 * margin)
           & cv::Rect(0, 0, mask.width, mask.height);
}

/// The square that a network sees around holes, moved into the picture and cut where the picture is smaller.
cv::Rect network_area(const cv::Rect& hole, const Mask& mask, int native)
{
    const int side = std::max(native, (3 * std::max(hole.width, hole.height) + 1) / 2);
    const cv::Size size(std::min(side, mask.width), std::min(side, mask.height));
    const int x = std::clamp(hole.x + hole.width / 2 - size.width / 2, 0, mask.width - size.width);
    const int y = std::clamp(hole.y + hole.height / 2 - size.height / 2, 0, mask.height - size.height);
    return {cv::Point(x, y), size};
}

/// The largest square of the picture, as near to its middle as holes allow, and longer where they are.
cv::Rect scene_area(const cv::Rect& hole, const Mask& mask)
{
    const int side = std::min(mask.width, mask.height);
    const cv::Size size(std::max(side, hole.width), std::max(side, hole.height));
    const auto place = [](int hole_begin, int hole_size, int size_of_area, int all) {
        return std::clamp((all - size_of_area) / 2, hole_begin + hole_size - size_of_area, hole_begin);
    };
    return {cv::Point(place(hole.x, hole.width, size.width, mask.width),
                      place(hole.y, hole.height, size.height, mask.height)),
            size};
}

/// Joins groups until the rectangle around each touches the holes of no other.
template <typename Around> void join(std::vector<cv::Rect>& groups, const Around& around)
{
    for (bool joined = true; joined;) {
        joined = false;
        for (std::size_t a = 0; a < groups.size(); ++a)
            for (std::size_t b = 0; b < groups.size();) {
                if (a == b || (around(groups[a]) & groups[b]).empty()) {
                    ++b;
                    continue;
                }
                groups[a] |= groups[b];
                groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(b));
                if (b < a)
                    --a;
                joined = true;
            }
    }
}

Area to_area(const cv::Rect& r)
{
    return {r.x, r.y, r.width, r.height};
}

} // namespace

std::vector<Area> find_windows(const Mask& mask, int least_margin)
{
    const auto around = [&](const cv::Rect& hole) { return surroundings(hole, mask, least_margin); };
    std::vector<cv::Rect> groups = hole_groups(mask);
    join(groups, around);
    std::vector<Area> windows;
    for (const cv::Rect& group : groups)
        windows.push_back(to_area(around(group)));
    return windows;
}

View view_of(const std::string& window, int native)
{
    constexpr int largest_scene = 128; // networks of this size learned whole scenes, not parts of photographs
    return window == "whole" || (window == "auto" && native <= largest_scene) ? View::Whole : View::Hole;
}

std::vector<NetworkWindow> find_network_windows(const Mask& mask, int native, int multiple, View view)
{
    const auto around = [&](const cv::Rect& hole) {
        return view == View::Whole ? scene_area(hole, mask) : network_area(hole, mask, native);
    };
    std::vector<cv::Rect> groups = hole_groups(mask);
    join(groups, around);
    std::vector<NetworkWindow> windows;
    for (const cv::Rect& group : groups) {
        const cv::Rect area = around(group);
        const double to_native = double(native) / std::max(area.width, area.height);
        const double scale = view == View::Whole ? to_native : std::min(1.0, to_native);
        const auto fitting = [&](int pixels) {
            return std::max(multiple, static_cast<int>(std::lround(pixels * scale / multiple)) * multiple);
        };
        windows.push_back({to_area(area), fitting(area.width), fitting(area.height)});
    }
    return windows;
}

} // namespace lacuna
