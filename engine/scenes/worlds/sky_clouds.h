// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/scenes/worlds/sky_scene.h"

namespace lacuna::scenes {

enum class CloudKind { Clear, Wisps, Cumulus, Storm };

/// The clouds of a scene on a coarse grid; a point between the nodes is interpolated.
class CloudField {
public:
    /// `size`: pixels a side of the picture; larger ones get a finer grid.
    CloudField(const SkyScene&, CloudKind, int size);
    Paint at(Point) const;

private:
    struct Node {
        Rgb colour{};
        float cover = -1; ///< nothing at 0 and below, opaque at 1
    };
    Point place(int column, int row) const { return {float(column) * step_, float(row) * step_}; }
    Node& node(int column, int row) { return nodes_[std::size_t(row) * columns_ + column]; }

    void wisps();
    void cumulus();
    struct Heap;
    Heap heap(Random&, float depth, float x) const;
    void put(const Heap&);
    void storm();

    const SkyScene& scene_;
    float step_;
    int columns_, rows_, octaves_;
    std::uint32_t salt_;
    std::vector<Node> nodes_;
};

/// Nothing below the horizon changes.
void paint_clouds(Painting&, const SkyScene&, CloudKind, int size);

} // namespace lacuna::scenes
