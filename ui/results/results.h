// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <optional>
#include <vector>

#include "ui/background/background.h"
#include "ui/results/rendered_completion.h"

namespace lacuna::ui {

class Canvas;
class GalleryPanel;

/// The set that was generated last and which of its completions is on the canvas.
class Results : public QObject {
    Q_OBJECT

public:
    Results(Canvas& canvas, GalleryPanel& gallery, QObject* parent);

    void setFilled(SharedSet filled);    ///< renders in the background and shows the first good completion
    void setFilledNow(SharedSet filled); ///< the same before it returns; for pictures of the window
    /// More candidates of the run that goes on; what is shown stays. setFilled ends it.
    void grow(SharedSet filled);
    void growNow(SharedSet filled);
    bool endGrowth(); ///< no set will follow: the candidates so far are it; false: there are none
    void clear();

    const SharedSet& filled() const { return filled_; }
    /// The same noise without guidance, if it was asked for; it goes with its set.
    const SharedSet& twin() const { return twin_; }
    void setTwin(SharedSet twin);
    int shown() const { return shown_; } ///< -1: the original
    void show(int index);
    void showOriginal();
    bool usable(int index) const;

Q_SIGNALS:
    /// For the badge; none: no completion is shown, or it is not counted yet.
    void counted(std::optional<lacuna::ui::RenderedCompletion> shown);
    void changed(); ///< another set, or another completion shown
    void failed(const QString& message);

private:
    void accept(SharedSet filled);
    void renderAll();
    void render(int index);
    void rendered(int index, const RenderedCompletion& result);
    void renderThumbnails(const std::vector<int>& indices);
    void showFirst();
    void grouped();
    void present();
    void limitMemory();

    Canvas& canvas_;
    GalleryPanel& gallery_;
    SharedSet filled_{};
    SharedSet twin_{};
    std::vector<std::optional<RenderedCompletion>> rendered_{};
    int shown_ = -1;
    bool growing_ = false;
    bool wantsFirst_ = false; ///< the first card is shown as soon as there is one
    bool now_ = false;        ///< thumbnails are made before anything else happens
    std::uint64_t run_ = 0;   ///< counts sets; one that grows remains the same
};

} // namespace lacuna::ui
