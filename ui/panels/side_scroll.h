// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace lacuna::ui {

/// Scrolls a panel that is too high. Its scroll bar lies in the margin: the panel is as wide with it as without.
class SideScroll : public QScrollArea {
public:
    /// Takes ownership of the panel. margin: at both sides, in pixels.
    SideScroll(QWidget* panel, int margin, QWidget* parent);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void keepHeight();

    int margin_;
};

} // namespace lacuna::ui
