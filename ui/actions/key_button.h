// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QToolButton>

namespace lacuna::ui {

/// Shows the keys of an action; pressed, it waits for another key. Esc leaves the keys as they are, Backspace takes
/// them away.
class KeyButton : public QToolButton {
    Q_OBJECT

public:
    explicit KeyButton(QWidget* parent);

    void setKeys(const QString& shown);
    bool listening() const { return listening_; }

Q_SIGNALS:
    void chosen(const QKeySequence& key); ///< empty: none

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void listen(bool on);

    QString keys_{};
    bool listening_ = false;
};

} // namespace lacuna::ui
