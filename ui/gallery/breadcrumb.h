// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace lacuna::ui {

/// The way from all candidates to the open branch; every part but the last is a button that leads back to it.
class Breadcrumb : public QWidget {
    Q_OBJECT

public:
    struct Part {
        int candidate = -1;
        QString text{};
    };
    explicit Breadcrumb(QWidget* parent);
    void setWay(const std::vector<Part>& way);

Q_SIGNALS:
    void wanted(int candidate);

private:
    QHBoxLayout* layout_;
};

} // namespace lacuna::ui
