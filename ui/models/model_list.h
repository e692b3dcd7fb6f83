// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

#include <vector>

#include "ui/models/model_entry.h"

namespace lacuna::ui {

/// The models under the titles of their groups, each with its name and what state it is in.
class ModelList : public QListWidget {
    Q_OBJECT

public:
    explicit ModelList(QWidget* parent);

    /// Keeps the chosen entry, if it is still there, else chooses the first.
    void show(const std::vector<ModelEntry>& entries);
    void update(const ModelEntry& entry);
    void choose(const QString& id);
    QString chosen() const; ///< id; empty: none

Q_SIGNALS:
    void chosenChanged(const QString& id);

private:
    QListWidgetItem* itemOf(const QString& id) const;
    void addTitle(const QString& title, const QString& hint);
};

} // namespace lacuna::ui
