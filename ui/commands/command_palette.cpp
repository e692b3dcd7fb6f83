// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/command_palette.h"

#include <QApplication>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "ui/actions/action_registry.h"
#include "ui/appearance/pieces.h"
#include "ui/settings/settings.h"

namespace lacuna::ui {
namespace {

constexpr int widest = 600;
constexpr int rows = 9;
constexpr int rowHeight = 34;
constexpr int mostRecent = 8;

enum Role { Keys = Qt::UserRole, SectionName, Enabled, Place };

QString recentKey()
{
    return QStringLiteral("recent-commands");
}

/// Title, the menu where it stands, and its keys at the right.
class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& t = theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(t.accent, 1));
            painter->setBrush(t.accentSoft);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), controlRadius,
                                     controlRadius);
        }
        const QRect line = option.rect.adjusted(12, 0, -12, 0);
        const bool enabled = index.data(Role::Enabled).toBool();
        const QString keys = index.data(Role::Keys).toString();
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(t.textSoft);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, keys);
        const int right = painter->fontMetrics().horizontalAdvance(keys) + 2 * grid;
        painter->setFont(textFont(TextRole::Body));
        painter->setPen(enabled ? t.text : t.textSoft);
        const QString title =
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, line.width() - right);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
        const int words = painter->fontMetrics().horizontalAdvance(title) + 12;
        painter->setFont(textFont(TextRole::Small));
        painter->setPen(t.textSoft);
        const QString where =
            enabled ? index.data(Role::SectionName).toString()
                    : CommandPalette::tr("%1 · not now").arg(index.data(Role::SectionName).toString());
        const QRect rest = QStyle::visualRect(option.direction, line, line.adjusted(words, 1, -right, 0));
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(where, Qt::ElideRight,
                                                            std::max(0, line.width() - words - right)));
        painter->restore();
    }
};

} // namespace

CommandPalette::CommandPalette(const ActionRegistry& actions, WhyNot whyNot, QWidget* window)
    : QFrame(window),
      actions_(actions),
      whyNot_(std::move(whyNot)),
      search_(new QLineEdit(this)),
      list_(new QListWidget(this)),
      note_(makeLabel({}, TextRole::Small, true, this))
{
    setObjectName(QStringLiteral("command-palette"));
    setAccessibleName(tr("Commands"));
    search_->setObjectName(QStringLiteral("command-search"));
    search_->setPlaceholderText(tr("What do you want to do?"));
    search_->setAccessibleName(tr("Find a command"));
    list_->setObjectName(QStringLiteral("command-list"));
    list_->setAccessibleName(tr("Commands found"));
    list_->setItemDelegate(new CommandDelegate(list_));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setFocusPolicy(Qt::NoFocus); // the search has the keyboard
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    list_->setFixedHeight(rows * rowHeight);
    note_->setWordWrap(true);
    note_->setMinimumHeight(2 * note_->fontMetrics().lineSpacing());
    note_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(grid);
    column->addWidget(search_);
    column->addWidget(list_);
    column->addWidget(note_);
    search_->installEventFilter(this);
    window->installEventFilter(this);
    connect(search_, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(list_, &QListWidget::currentRowChanged, this, &CommandPalette::tell);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    hide();
}

std::vector<Command> CommandPalette::commands() const
{
    std::vector<Command> all;
    for (const ActionSpec& spec : actions_.specs()) {
        const QAction* action = actions_.get(spec.id);
        const QString id = QString::fromLatin1(spec.id);
        if (ActionRegistry::canBind(spec) && id != u"palette")
            all.push_back({id, ActionRegistry::plainText(spec),
                           ActionRegistry::title(spec.section).remove(u'&'), action->statusTip(),
                           actions_.keys(spec), action->isEnabled() ? QString() : whyNot_(id)});
    }
    return all;
}

void CommandPalette::open()
{
    if (!isVisible())
        before_ = QApplication::focusWidget();
    commands_ = commands();
    search_->clear();
    search();
    place();
    show();
    raise();
    search_->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::place()
{
    const int width = std::min(widest, parentWidget()->width() - 4 * grid);
    const int height = std::min(sizeHint().height(), parentWidget()->height() - 4 * grid);
    setGeometry((parentWidget()->width() - width) / 2, std::min(80, (parentWidget()->height() - height) / 2),
                width, height);
}

void CommandPalette::search()
{
    list_->clear();
    for (const int i : findCommands(commands_, search_->text(), settings().list(recentKey()))) {
        const Command& command = commands_[std::size_t(i)];
        auto* item = new QListWidgetItem(command.title, list_);
        item->setData(Role::Keys, command.keys);
        item->setData(Role::SectionName, command.section);
        item->setData(Role::Enabled, command.whyNot.isEmpty());
        item->setData(Role::Place, i);
        QStringList spoken{command.title, command.section};
        spoken << (command.whyNot.isEmpty() ? command.tip : command.whyNot);
        if (!command.keys.isEmpty())
            spoken << command.keys;
        item->setData(Qt::AccessibleTextRole, spoken.join(QStringLiteral(". ")));
    }
    list_->setCurrentRow(0);
    tell();
}

/// The line below, and what a screen reader says about the chosen command.
void CommandPalette::tell()
{
    const QListWidgetItem* item = list_->currentItem();
    if (!item) {
        note_->setText(list_->count() == 0 ? tr("No command has these words.") : QString());
        search_->setAccessibleDescription(note_->text());
        return;
    }
    const Command& command = commands_[item->data(Role::Place).toUInt()];
    note_->setText(command.whyNot.isEmpty() ? command.tip : tr("Not possible now. %1").arg(command.whyNot));
    search_->setAccessibleDescription(item->data(Qt::AccessibleTextRole).toString());
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* item = list_->currentItem();
    if (!item)
        return;
    const Command command = commands_[item->data(Role::Place).toUInt()];
    if (!command.whyNot.isEmpty())
        return; // the line below says why
    QStringList recent = settings().list(recentKey());
    recent.removeAll(command.id);
    recent.prepend(command.id);
    settings().set(recentKey(), QJsonArray::fromStringList(recent.mid(0, mostRecent)));
    close();
    actions_.get(command.id.toLatin1().constData())->trigger();
}

void CommandPalette::close()
{
    const QPointer<QWidget> before = std::exchange(before_, {});
    const bool keyboard = isAncestorOf(QApplication::focusWidget());
    hide();
    if (keyboard && before)
        before->setFocus(Qt::OtherFocusReason);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != search_)
        return false;
    if (event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason
        && static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
        close();
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_PageUp || key == Qt::Key_PageDown)
            event->accept(); // not the actions that have these keys
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(list_, event);
        return true;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().borderStrong, 1));
    painter.setBrush(theme().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), cardRadius, cardRadius);
}

QStringList CommandPalette::shownIds() const
{
    QStringList ids;
    for (int i = 0; i < list_->count(); ++i)
        ids << commands_[list_->item(i)->data(Role::Place).toUInt()].id;
    return ids;
}

QString CommandPalette::note() const
{
    return note_->text();
}

} // namespace lacuna::ui
