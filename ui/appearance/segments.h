// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QAbstractButton;

namespace lacuna::ui {

/// A few words side by side in a trough, of which one is chosen.
class Segments : public QWidget {
    Q_OBJECT

public:
    Segments(const QStringList& titles, QWidget* parent);

    QAbstractButton* button(int index) const { return buttons_[std::size_t(index)]; }
    void setCurrent(int index); ///< without a signal

Q_SIGNALS:
    void chosen(int index); ///< by a person

protected:
    void paintEvent(QPaintEvent*) override;

private:
    std::vector<QAbstractButton*> buttons_{};
};

} // namespace lacuna::ui
