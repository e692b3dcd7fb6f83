// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/windows.h"

#include <algorithm>

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

} // namespace

std::vector<Area> find_windows(const Mask& mask, int least_margin)
{
    std::vector<cv::Rect> groups = hole_groups(mask);
    for (bool joined = true; joined;) {
        joined = false;
        for (std::size_t a = 0; a < groups.size(); ++a)
            for (std::size_t b = 0; b < groups.size();) {
                if (a == b || (surroundings(groups[a], mask, least_margin) & groups[b]).empty()) {
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
    std::vector<Area> windows;
    for (const cv::Rect& group : groups) {
        const cv::Rect r = surroundings(group, mask, least_margin);
        windows.push_back({r.x, r.y, r.width, r.height});
    }
    return windows;
}

} // namespace lacuna
