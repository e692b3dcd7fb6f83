// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>
#include <vector>

#include "ui/background/background.h"
#include "ui/results/rendered_completion.h"

namespace lacuna::ui {

class Canvas;
class ResultStrip;

/// The set that was generated last and which of its completions is on the canvas.
class Results : public QObject {
    Q_OBJECT

public:
    Results(Canvas& canvas, ResultStrip& strip, QObject* parent);

    void setFilled(SharedSet filled);    ///< renders in the background and shows the first good completion
    void setFilledNow(SharedSet filled); ///< the same before it returns; for pictures of the window
    void clear();

    const SharedSet& filled() const { return filled_; }
    int shown() const { return shown_; } ///< -1: the original
    void show(int index);
    void showOriginal();
    void step(int by);
    bool usable(int index) const;

Q_SIGNALS:
    /// For the badge; none: no completion is shown, or it is not counted yet.
    void counted(std::optional<lacuna::ui::RenderedCompletion> shown);
    void changed(); ///< another set, or another completion shown
    void failed(const QString& message);

private:
    void accept(SharedSet filled);
    void render(int index);
    void rendered(int index, const RenderedCompletion& result);
    void showFirst();
    void present();
    void limitMemory();

    Canvas& canvas_;
    ResultStrip& strip_;
    SharedSet filled_{};
    std::vector<std::optional<RenderedCompletion>> rendered_{};
    int shown_ = -1;
};

} // namespace lacuna::ui
