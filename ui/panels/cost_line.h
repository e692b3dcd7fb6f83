// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTimer>

#include <functional>
#include <memory>

#include "engine/core/recipe.h"
#include "engine/session/expected_cost.h"
#include "ui/panels/speed_memory.h"

namespace lacuna::ui {

/// What a run will cost, before it runs: "500 evaluations, about 2 min 10 s here". Follows a moment later, because
/// the mask is looked at in the background.
class CostLine : public QLabel {
    Q_OBJECT

public:
    explicit CostLine(QWidget* parent);

    /// native: see expected_cost. Without a hole nothing is said; else the mask is fetched when it is needed.
    using FetchMask = std::function<std::shared_ptr<const Mask>()>;
    void ask(const Recipe& recipe, std::size_t holePixels, int native, FetchMask mask);

    SpeedMemory& speeds() { return speeds_; }
    void refresh();    ///< the speeds have changed
    void refreshNow(); ///< what was asked for last, before it returns; for pictures of the window

private:
    void compute();

    SpeedMemory speeds_{};
    QTimer delay_{};
    Recipe recipe_{};
    std::size_t holePixels_ = 0;
    FetchMask fetchMask_{};
    int native_ = 0;
    ExpectedCost cost_{};
    std::uint64_t asked_ = 0;
};

} // namespace lacuna::ui
