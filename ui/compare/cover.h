// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace lacuna::ui {

/// Keeps the widget as large as its parent, over whatever that shows.
void coverParent(QWidget* widget);

} // namespace lacuna::ui
