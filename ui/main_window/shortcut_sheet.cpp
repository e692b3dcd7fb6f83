// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/shortcut_sheet.h"

#include <QAccessible>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "ui/actions/action_registry.h"
#include "ui/actions/key_button.h"
#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

constexpr QSize sheetSize{620, 720};

/// What the canvas does by mouse, which no action stands for.
std::vector<std::pair<QString, QString>> mouseRows()
{
    return {{ShortcutSheet::tr("Zoom at the cursor"), ShortcutSheet::tr("Wheel")},
            {ShortcutSheet::tr("Move the view"), ShortcutSheet::tr("Space and drag, middle drag, arrows")},
            {ShortcutSheet::tr("Erase with any tool"), ShortcutSheet::tr("Right drag")},
            {ShortcutSheet::tr("Move the hole"), ShortcutSheet::tr("Ctrl and drag, Ctrl and arrows")},
            {ShortcutSheet::tr("Square, circle, 45 degrees"), ShortcutSheet::tr("Shift and drag or click")},
            {ShortcutSheet::tr("Straight brush line"), ShortcutSheet::tr("Shift and click")},
            {ShortcutSheet::tr("Brush size"), ShortcutSheet::tr("Alt and wheel")}};
}

} // namespace

ShortcutSheet::ShortcutSheet(ActionRegistry& actions, QWidget* parent)
    : QDialog(parent),
      actions_(actions),
      search_(new QLineEdit(this)),
      note_(makeLabel({}, TextRole::Body, false, this)),
      answer_(new QPushButton(this)),
      resetAll_(new QPushButton(tr("&Reset All"), this))
{
    setObjectName(QStringLiteral("shortcut-sheet"));
    setWindowTitle(tr("Keyboard Shortcuts"));
    search_->setObjectName(QStringLiteral("shortcut-search"));
    search_->setPlaceholderText(tr("Find an action or a key"));
    search_->setAccessibleName(tr("Find an action or a key"));
    search_->setClearButtonEnabled(true);

    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, grid, 0);
    column->setSpacing(2);
    using enum Section;
    for (const Section section : {File, Edit, View, Mask, Generate, Help}) {
        addBlock(ActionRegistry::title(section).remove(u'&'), column);
        for (const ActionSpec& spec : actions.specs())
            if (spec.section == section)
                addRow(&spec, ActionRegistry::plainText(spec), actions.keys(spec), column);
    }
    addBlock(tr("Mouse"), column);
    for (const auto& [what, how] : mouseRows())
        addRow(nullptr, what, how, column);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(list); // takes ownership

    note_->setWordWrap(true);
    note_->setObjectName(QStringLiteral("shortcut-note"));
    answer_->setObjectName(QStringLiteral("shortcut-answer"));
    answer_->hide();
    resetAll_->setObjectName(QStringLiteral("reset-all-keys"));
    resetAll_->setToolTip(tr("Give every action the keys that it came with"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(note_, 1);
    foot->addWidget(answer_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(resetAll_, QDialogButtonBox::ResetRole);
    resetAll_->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    answer_->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * grid, 3 * grid, 3 * grid, 2 * grid);
    layout->setSpacing(2 * grid);
    layout->addWidget(search_);
    layout->addWidget(scroll, 1);
    layout->addLayout(foot);
    layout->addWidget(buttons);
    resize(sheetSize.boundedTo(parent->size()));

    connect(search_, &QLineEdit::textChanged, this, &ShortcutSheet::filter);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(resetAll_, &QPushButton::clicked, &actions_, &ActionRegistry::resetAllKeys);
    connect(&actions_, &ActionRegistry::keysChanged, this, &ShortcutSheet::refresh);
    connect(answer_, &QPushButton::clicked, this, [this] {
        const QKeySequence key = key_;
        const ActionSpec *wanted = wanted_, *other = actions_.owner(key);
        if (!wanted || !other)
            return;
        QList<QKeySequence> left = actions_.get(other->id)->shortcuts(); // it keeps its other keys
        left.removeAll(key);
        actions_.setKeys(*other, left);
        choose(*wanted, key);
    });
    refresh();
    showNote(tr("Press a key button, then the new key."));
}

QString ShortcutSheet::note() const
{
    return note_->text();
}

void ShortcutSheet::addBlock(const QString& title, QVBoxLayout* column)
{
    QLabel* label = makeLabel(title, TextRole::Heading, false, column->parentWidget());
    label->setContentsMargins(0, blocks_.empty() ? 0 : 2 * grid, 0, 4);
    column->addWidget(label);
    blocks_.push_back({label});
}

void ShortcutSheet::addRow(const ActionSpec* spec, const QString& what, const QString& keys,
                           QVBoxLayout* column)
{
    Row row{spec, what, new QWidget(column->parentWidget())};
    auto* line = new QHBoxLayout(row.line);
    line->setContentsMargins({});
    line->setSpacing(grid);
    QLabel* label = makeLabel(what, TextRole::Body, false, row.line);
    line->addWidget(label, 1);
    if (spec && ActionRegistry::canBind(*spec)) {
        row.reset = new QToolButton(row.line);
        row.reset->setText(tr("Reset"));
        row.reset->setAutoRaise(true);
        row.reset->setFocusPolicy(Qt::TabFocus);
        row.reset->setAccessibleName(tr("Reset the keys of %1").arg(what));
        row.reset->setToolTip(tr("Give it the keys that it came with"));
        connect(row.reset, &QToolButton::clicked, this, [this, spec] { actions_.resetKeys(*spec); });
        line->addWidget(row.reset);
        row.key = new KeyButton(row.line);
        row.key->setObjectName(QStringLiteral("key-") + QLatin1String(spec->id));
        connect(row.key, &KeyButton::chosen, this,
                [this, spec](const QKeySequence& key) { choose(*spec, key); });
        line->addWidget(row.key);
    } else {
        row.words += u' ' + keys;
        line->addWidget(makeLabel(keys, TextRole::Body, true, row.line));
    }
    column->addWidget(row.line);
    blocks_.back().rows.push_back(row);
}

void ShortcutSheet::choose(const ActionSpec& spec, const QKeySequence& key)
{
    const QString text = key.toString(QKeySequence::NativeText);
    const ActionSpec* other = key.isEmpty() ? nullptr : actions_.owner(key);
    refresh();
    if (other && other != &spec) {
        const QString name = ActionRegistry::plainText(*other);
        if (!ActionRegistry::canBind(*other))
            return showNote(tr("%1 always does “%2”. Choose another key.").arg(text, name));
        wanted_ = &spec;
        key_ = key;
        return showNote(tr("%1 already does “%2”.").arg(text, name),
                        tr("Use it for “%1”").arg(ActionRegistry::plainText(spec)));
    }
    actions_.setKeys(spec, key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key});
    showNote(key.isEmpty() ? tr("“%1” has no key now.").arg(ActionRegistry::plainText(spec))
                           : tr("%1 now does “%2”.").arg(text, ActionRegistry::plainText(spec)));
}

void ShortcutSheet::filter(const QString& text)
{
    for (const Block& block : blocks_) {
        bool any = false;
        for (const Row& row : block.rows) {
            const QString keys = row.spec ? actions_.keys(*row.spec) : QString();
            const bool found =
                row.words.contains(text, Qt::CaseInsensitive) || keys.contains(text, Qt::CaseInsensitive);
            row.line->setVisible(found);
            any = any || found;
        }
        block.title->setVisible(any);
    }
}

void ShortcutSheet::refresh()
{
    bool any = false;
    for (const Block& block : blocks_)
        for (const Row& row : block.rows) {
            if (!row.key)
                continue;
            const QString keys = actions_.keys(*row.spec);
            row.key->setKeys(keys);
            row.key->setAccessibleName(keys.isEmpty() ? tr("%1: no key").arg(row.words)
                                                      : tr("%1: %2").arg(row.words, keys));
            row.reset->setVisible(actions_.hasOwnKeys(*row.spec));
            any = any || actions_.hasOwnKeys(*row.spec);
        }
    resetAll_->setEnabled(any);
    showNote({});
}

void ShortcutSheet::showNote(const QString& note, const QString& answer)
{
    note_->setText(note);
    if (!note.isEmpty()) { // the keyboard never lies on it
        QAccessibleEvent event(note_, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
    answer_->setText(answer);
    answer_->setAccessibleName(answer);
    answer_->setAccessibleDescription(note);
    answer_->setVisible(!answer.isEmpty());
    if (answer.isEmpty()) {
        wanted_ = nullptr;
        key_ = {};
    }
}

} // namespace lacuna::ui
