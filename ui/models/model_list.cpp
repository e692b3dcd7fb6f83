// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_list.h"

#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>

#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

enum Role { IdRole = Qt::UserRole, StateRole, SizeRole, ShareRole };

constexpr int rowHeight = 52, titleHeight = 34, hintHeight = 58, inset = 2 * grid;

/// How much of it is done, 0 to 1; negative: nothing goes on.
double shareOf(const ModelEntry& entry)
{
    using State = ModelEntry::State;
    if (entry.state == State::Importing)
        return entry.permille / 1000.0;
    if ((entry.state == State::Downloading || entry.state == State::Partly) && entry.progress.total > 0)
        return double(entry.progress.done) / double(entry.progress.total);
    return -1;
}

class RowPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        if (!index.data(IdRole).toString().isEmpty())
            return {0, rowHeight};
        return {0, index.data(StateRole).toString().isEmpty() ? titleHeight : hintHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& t = theme();
        const bool title = index.data(IdRole).toString().isEmpty();
        const bool chosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect row = option.rect.adjusted(grid, 1, -grid, -1);
        if (!title && (chosen || option.state & QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(chosen ? t.accentSoft : t.hover);
            painter->drawRoundedRect(row, controlRadius, controlRadius);
        }
        if (!title && option.state & QStyle::State_HasFocus && chosen) {
            painter->setPen(QPen(t.accent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(row).adjusted(0.75, 0.75, -0.75, -0.75), controlRadius,
                                     controlRadius);
        }
        title ? paintTitle(*painter, option.rect, index)
              : paintModel(*painter, row.adjusted(grid, 6, -grid, -6), index);
        painter->restore();
    }

private:
    static void line(QPainter& painter, const QRect& where, const QString& text, TextRole role,
                     const QColor& colour, Qt::Alignment align)
    {
        painter.setFont(textFont(role));
        painter.setPen(colour);
        painter.drawText(where, int(align) | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, where.width()));
    }

    static void paintTitle(QPainter& painter, const QRect& all, const QModelIndex& index)
    {
        const QRect where(all.x() + inset, all.y() + 12, all.width() - 2 * inset, titleHeight - 14);
        line(painter, where, index.data(Qt::DisplayRole).toString(), TextRole::Heading, theme().text,
             Qt::AlignLeft | Qt::AlignVCenter);
        painter.setFont(textFont(TextRole::Small));
        painter.setPen(theme().textSoft);
        painter.drawText(QRect(where.x(), where.bottom() + 1, where.width(), all.bottom() - where.bottom()),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, index.data(StateRole).toString());
    }

    static void paintModel(QPainter& painter, const QRect& row, const QModelIndex& index)
    {
        const QString size = index.data(SizeRole).toString();
        const int sizeWidth = QFontMetrics(textFont(TextRole::Small)).horizontalAdvance(size) + grid;
        const QRect upper(row.x(), row.y(), row.width(), row.height() / 2);
        const QRect rest =
            QStyle::visualRect(painter.layoutDirection(), upper, upper.adjusted(0, 0, -sizeWidth, 0));
        line(painter, rest, index.data(Qt::DisplayRole).toString(), TextRole::Body, theme().text,
             Qt::AlignLeft | Qt::AlignVCenter);
        line(painter, upper, size, TextRole::Small, theme().textSoft, Qt::AlignRight | Qt::AlignVCenter);
        line(painter, upper.translated(0, row.height() / 2), index.data(StateRole).toString(),
             TextRole::Small, theme().textSoft, Qt::AlignLeft | Qt::AlignVCenter);
        const double share = index.data(ShareRole).toDouble();
        if (share < 0)
            return;
        const QRectF track(row.x(), row.bottom() + 2, row.width(), 3);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().border);
        painter.drawRoundedRect(track, 1.5, 1.5);
        painter.setBrush(theme().accent);
        painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * share, 3)), 1.5, 1.5);
    }
};

} // namespace

ModelList::ModelList(QWidget* parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("model-list"));
    setAccessibleName(tr("Models"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new RowPainter(this));
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    connect(this, &QListWidget::currentItemChanged, this, [this] { Q_EMIT chosenChanged(chosen()); });
}

void ModelList::addTitle(const QString& title, const QString& hint)
{
    auto* row = new QListWidgetItem(title, this);
    row->setFlags(Qt::NoItemFlags);
    row->setData(StateRole, hint);
    row->setData(Qt::AccessibleTextRole, hint.isEmpty() ? title : title + QStringLiteral(". ") + hint);
}

void ModelList::show(const std::vector<ModelEntry>& entries)
{
    const QString before = chosen();
    {
        const QSignalBlocker quiet(this);
        clear();
        using Group = ModelEntry::Group;
        for (const Group group : {Group::WithLacuna, Group::Yours, Group::Download, Group::PlaceYourself}) {
            const auto of = [group](const ModelEntry& entry) { return entry.group == group; };
            const bool any = std::any_of(entries.begin(), entries.end(), of);
            if (any || group == Group::Yours)
                addTitle(groupTitle(group),
                         any ? QString() : tr("None yet. Download one below, or import a file."));
            for (const ModelEntry& entry : entries)
                if (of(entry)) {
                    auto* row = new QListWidgetItem(this);
                    row->setData(IdRole, entry.id);
                    update(entry);
                }
        }
    }
    choose(before);
    if (chosen().isEmpty())
        for (int i = 0; i < count() && chosen().isEmpty(); ++i)
            choose(item(i)->data(IdRole).toString());
    Q_EMIT chosenChanged(chosen());
}

void ModelList::update(const ModelEntry& entry)
{
    QListWidgetItem* row = itemOf(entry.id);
    if (!row)
        return;
    row->setText(entry.name());
    row->setData(StateRole, stateText(entry));
    row->setData(SizeRole, sizeOf(entry));
    row->setData(ShareRole, shareOf(entry));
    row->setData(Qt::AccessibleTextRole, spokenText(entry));
}

void ModelList::choose(const QString& id)
{
    if (QListWidgetItem* row = itemOf(id); row && !id.isEmpty())
        setCurrentItem(row);
}

QString ModelList::chosen() const
{
    return currentItem() ? currentItem()->data(IdRole).toString() : QString();
}

QListWidgetItem* ModelList::itemOf(const QString& id) const
{
    for (int i = 0; i < count(); ++i)
        if (item(i)->data(IdRole).toString() == id)
            return item(i);
    return nullptr;
}

} // namespace lacuna::ui
