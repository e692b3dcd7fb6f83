// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <vector>

namespace lacuna::ui {

enum class Section { File, Edit, View, Mask, Generate, Help };

/// Everything about an action but what it does.
struct ActionSpec {
    const char* id;
    Section section;
    const char* text; ///< with mnemonic
    const char* tip;  ///< one sentence
    const char* icon; ///< "" for none
    const char*
        shortcuts; ///< as typed, separated by spaces; in round brackets: only shown, handled elsewhere
    bool checkable = false;
    bool separated = false; ///< a separator stands before it in the menu
    bool numbered = false;  ///< one of several alike, which have a submenu
};

/// The one list of what a person can do: menus, tool bar and the sheet of shortcuts are made from it.
class ActionRegistry : public QObject {
    Q_OBJECT

public:
    explicit ActionRegistry(QObject* parent);

    /// The action with that id, which must exist.
    QAction* get(const char* id) const;
    const std::vector<ActionSpec>& specs() const { return specs_; }
    static QString title(Section section);
    /// The keys in use, as a person reads them.
    QString keys(const ActionSpec& spec) const;
    static QString plainText(const ActionSpec& spec); ///< without mnemonic and dots

    /// Keys that stand in the table in brackets belong to a widget and stay.
    static bool canBind(const ActionSpec& spec) { return spec.shortcuts[0] != '('; }
    /// Gives an action other keys and keeps that in the settings. Nobody else loses them: see owner().
    void setKeys(const ActionSpec& spec, const QList<QKeySequence>& keys);
    void resetKeys(const ActionSpec& spec);
    void resetAllKeys();
    bool hasOwnKeys(const ActionSpec& spec) const; ///< others than in the table
    /// Whose key that is; null: it is free.
    const ActionSpec* owner(const QKeySequence& key) const;

Q_SIGNALS:
    void keysChanged();

private:
    QAction* make(const ActionSpec& spec);
    void useKeys(const ActionSpec& spec, const QList<QKeySequence>& keys);
    void store() const;

    std::vector<ActionSpec> specs_;
    std::vector<QAction*> actions_{};
};

/// The table itself.
std::vector<ActionSpec> actionTable();

} // namespace lacuna::ui
