// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace lacuna::ui {

class ActionRegistry;

/// Every key and what it does, as listed by the registry.
class ShortcutSheet : public QDialog {
    Q_OBJECT

public:
    ShortcutSheet(const ActionRegistry& actions, QWidget* parent);
};

} // namespace lacuna::ui
