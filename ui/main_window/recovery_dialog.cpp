// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/recovery_dialog.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>

namespace lacuna::ui {

RecoveryDialog::RecoveryDialog(std::vector<LeftJournal> left, QWidget* parent)
    : QDialog(parent),
      left_(std::move(left)),
      list_(new QListWidget(this))
{
    setWindowTitle(tr("Recover"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* text =
        new QLabel(left_.empty() ? tr("Nothing was left unsaved.")
                                 : tr("These documents were not saved. What was done to them was kept:"),
                   this);
    text->setWordWrap(true);
    list_->setObjectName(QStringLiteral("left-journals"));
    list_->setAccessibleName(tr("Documents that were not saved"));
    for (const LeftJournal& journal : left_)
        list_->addItem(describe(journal));
    list_->setCurrentRow(left_.empty() ? -1 : 0);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    recover_ = buttons->addButton(tr("&Recover"), QDialogButtonBox::AcceptRole);
    recover_->setObjectName(QStringLiteral("recover"));
    remove_ = buttons->addButton(tr("&Delete"), QDialogButtonBox::ActionRole);
    remove_->setObjectName(QStringLiteral("delete"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(recover_, &QPushButton::clicked, this, &RecoveryDialog::pick);
    connect(remove_, &QPushButton::clicked, this, &RecoveryDialog::remove);
    connect(list_, &QListWidget::itemActivated, this, &RecoveryDialog::pick);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(list_);
    layout->addWidget(buttons);
    resize(560, 320);
    refresh();
}

QString RecoveryDialog::describe(const LeftJournal& journal)
{
    const QLocale locale;
    const QString name = QString::fromStdString(journal.base.picture_name);
    return tr("%1, %2, %3%4")
        .arg(name.isEmpty() ? tr("Picture") : name,
             locale.toString(QDateTime::fromSecsSinceEpoch(journal.changed), QLocale::ShortFormat),
             locale.formattedDataSize(qint64(journal.bytes)),
             journal.crashed ? tr(", after a crash") : QString());
}

void RecoveryDialog::refresh()
{
    recover_->setEnabled(list_->currentRow() >= 0);
    remove_->setEnabled(list_->currentRow() >= 0);
}

void RecoveryDialog::pick()
{
    if (list_->currentRow() < 0)
        return;
    Q_EMIT picked(left_[std::size_t(list_->currentRow())].path);
    accept();
}

void RecoveryDialog::remove()
{
    const int row = list_->currentRow();
    if (row < 0)
        return;
    QThreadPool::globalInstance()->start([path = left_[std::size_t(row)].path] { remove_journal(path); });
    left_.erase(left_.begin() + row);
    delete list_->takeItem(row);
    refresh();
}

} // namespace lacuna::ui
