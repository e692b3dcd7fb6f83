// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <vector>

namespace lacuna::ui {

class HintBubble;

/// Five hints, each on the first use of what it explains and never again. A hint waits for nobody: it takes no
/// keyboard, a newer one replaces it, Esc takes it away unless Esc has something more important to do.
class CoachMarks : public QObject {
    Q_OBJECT

public:
    explicit CoachMarks(QWidget* window);

    void enable() { enabled_ = true; } ///< until then nothing is shown
    /// Shows the hint with that id, which must exist, beside the widget, unless it was seen before. `keys` stands
    /// where the text names keys.
    void tell(const char* id, QWidget* beside, const QString& keys = {});
    void forget(); ///< every hint is new again
    void dismiss();

    QString shown() const; ///< text on screen; empty: none
    static int count();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* window_;
    QPointer<HintBubble> bubble_{};
    bool enabled_ = false;
};

} // namespace lacuna::ui
