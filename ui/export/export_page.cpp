// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_page.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

#include "ui/appearance/segments.h"
#include "ui/export/export_preview.h"

namespace lacuna::ui {
namespace {

QString formatSentence(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Jpeg:
        return ExportPage::tr("Small. 8 bits, no transparency.");
    case ExportFormat::Tiff:
        return ExportPage::tr("For print and photo programs.");
    case ExportFormat::WebP:
        return ExportPage::tr("Small. 8 bits; quality 100 loses nothing.");
    case ExportFormat::OpenRaster:
        return ExportPage::tr("Picture, completions and hole as layers, for Krita, GIMP and MyPaint.");
    default:
        return ExportPage::tr("Every program opens it.");
    }
}

} // namespace

ExportPage::ExportPage(QWidget* parent)
    : QWidget(parent),
      preview_(new ExportPreview(this)),
      factsText_(nullptr)
{
    setObjectName(QStringLiteral("export-page"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(preview_, 1);
    row->addWidget(makeSide());
    connectParts();
}

void ExportPage::connectParts()
{
    connect(whatBox_, &Segments::chosen, this, [this](int index) { choose(ExportWhat(index)); });
    connect(formatBox_, &Segments::chosen, this, [this](int index) { choose(ExportFormat(index)); });
    connect(quality_, &QSpinBox::valueChanged, this, &ExportPage::refresh);
    connect(depth_, &QComboBox::currentIndexChanged, this, &ExportPage::refresh);
    connect(transparency_, &QCheckBox::toggled, this, &ExportPage::refresh);
    connect(srgb_, &QCheckBox::toggled, this, &ExportPage::refresh);
    connect(name_, &QLineEdit::textChanged, this, &ExportPage::refresh);
    connect(folder_, &QLineEdit::textChanged, this, &ExportPage::refresh);
    connect(export_, &QPushButton::clicked, this, &ExportPage::exportRequested);
}

void ExportPage::show(const ExportFacts& facts)
{
    facts_ = facts;
    preview_->setPicture({});
    name_->setText(facts.name);
    folder_->setText(QDir::toNativeSeparators(facts.folder));
    depth_->setItemText(0, tr("Unchanged (%1 bits)").arg(facts.bits));
    const Privacy least = facts.isPrivate ? Privacy::Settings : Privacy::Everything;
    choose(std::max(choice().options.privacy, least));
    if ((what_ == ExportWhat::Shown && facts.shown < 0)
        || (what_ == ExportWhat::Starred && facts.starred == 0))
        what_ = ExportWhat::All;
    refresh();
    name_->setFocus(Qt::OtherFocusReason);
}

void ExportPage::setFolder(const QString& folder)
{
    folder_->setText(folder);
}

void ExportPage::setPreview(const QImage& picture)
{
    preview_->setPicture(picture);
}

void ExportPage::choose(ExportWhat what)
{
    what_ = what;
    if (what == ExportWhat::Sheet && format_ == ExportFormat::OpenRaster)
        format_ = ExportFormat::Png;
    refresh();
}

void ExportPage::choose(ExportFormat format)
{
    format_ = format;
    if (format == ExportFormat::OpenRaster && what_ == ExportWhat::Sheet)
        what_ = ExportWhat::All;
    refresh();
}

void ExportPage::choose(Privacy privacy)
{
    privacy_[std::size_t(privacy)]->setChecked(true);
}

ExportChoice ExportPage::choice() const
{
    ExportChoice choice;
    choice.what = what_;
    choice.options.format = format_;
    choice.options.quality = quality_->value();
    choice.options.bits = depth_->currentData().toInt();
    choice.options.transparency = transparency_->isChecked();
    choice.options.srgb = facts_.hasProfile && srgb_->isChecked();
    for (std::size_t i = 0; i < privacy_.size(); ++i)
        if (privacy_[i]->isChecked())
            choice.options.privacy = Privacy(i);
    choice.folder = QDir::fromNativeSeparators(folder_->text());
    choice.name = name_->text();
    return choice;
}

QString ExportPage::promise() const
{
    return promise_->text();
}

QString ExportPage::target() const
{
    return target_->text();
}

void ExportPage::setReplaces(bool replaces)
{
    replaces_ = replaces;
    target_->setText(targetText());
}

QString ExportPage::promiseText() const
{
    const ExportOptions options = choice().options;
    if (what_ == ExportWhat::Sheet)
        return tr("A sheet for looking: surroundings of the hole, 8 bits, sRGB.");
    QStringList changes;
    const int bits = !holds_16_bits(format_) ? 8 : options.bits == 0 ? facts_.bits : options.bits;
    if (bits < facts_.bits)
        changes << tr("8 bits instead of 16");
    const bool alpha = facts_.channels == 2 || facts_.channels == 4;
    if (alpha && !(holds_alpha(format_) && options.transparency))
        changes << tr("put on white");
    if (options.srgb)
        changes << tr("colours converted");
    if (has_quality(format_) && !(format_ == ExportFormat::WebP && options.quality == 100))
        changes << tr("compressed with losses");
    return changes.isEmpty()
               ? tr("Outside the hole every sample stays as it is.")
               : tr("Outside the hole samples change: %1.").arg(changes.join(QStringLiteral(", ")));
}

QString ExportPage::targetText() const
{
    const ExportChoice chosen = choice();
    if (chosen.name.isEmpty() || chosen.folder.isEmpty())
        return tr("Give a name and a folder.");
    std::vector<std::size_t> indices;
    const int count = what_ == ExportWhat::Shown     ? 1
                      : what_ == ExportWhat::Starred ? facts_.starred
                                                     : facts_.all;
    for (int i = 0; i < count; ++i)
        indices.push_back(std::size_t(what_ == ExportWhat::Shown ? facts_.shown : i));
    const QStringList files = exportFiles(chosen, indices);
    QString text = files.size() == 1 ? tr("Writes %1.").arg(files[0])
                                     : tr("Writes %1 files, %2 and so on.").arg(files.size()).arg(files[0]);
    if (what_ == ExportWhat::Starred && files.size() > 1)
        text = tr("Writes %1 files, named %2 and their numbers.").arg(files.size()).arg(chosen.name);
    if (replaces_)
        text += tr(" Files of these names exist and will be replaced.");
    return text;
}

void ExportPage::refresh()
{
    if (!target_)
        return; // being made
    const ExportOptions options = choice().options;
    whatBox_->setCurrent(int(what_));
    whatBox_->button(int(ExportWhat::Shown))->setEnabled(facts_.shown >= 0);
    whatBox_->button(int(ExportWhat::Starred))->setEnabled(facts_.starred > 0);
    formatBox_->setCurrent(int(format_));
    formatText_->setText(formatSentence(format_));
    quality_->setEnabled(has_quality(format_));
    depth_->setEnabled(holds_16_bits(format_) && what_ != ExportWhat::Sheet);
    const bool alpha = facts_.channels == 2 || facts_.channels == 4;
    transparency_->setEnabled(alpha && holds_alpha(format_));
    srgb_->setEnabled(facts_.hasProfile);
    promise_->setText(promiseText());
    privacyText_->setText(privacySentence(options.privacy) + u' '
                          + tr("Names of folders are never written."));
    QStringList facts{tr("%1 × %2 pixels").arg(facts_.size.width()).arg(facts_.size.height()),
                      tr("%1 bits").arg(facts_.bits)};
    facts << (facts_.hasProfile ? facts_.profile : tr("sRGB"));
    factsText_->setText(facts.join(QStringLiteral(", "))
                        + (facts_.note.isEmpty() ? QString() : u' ' + facts_.note));
    target_->setText(targetText());
    export_->setEnabled(!name_->text().isEmpty() && !folder_->text().isEmpty());
    Q_EMIT targetChanged();
}

void ExportPage::pickFolder()
{
    auto* dialog = new QFileDialog(this, tr("Folder to Export To"), folder_->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, folder_, &QLineEdit::setText);
    dialog->open();
}

void ExportPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && export_->isEnabled())
        export_->click();
    else
        QWidget::keyPressEvent(event);
}

QStringList exportFiles(const ExportChoice& choice, const std::vector<std::size_t>& indices)
{
    const QString dot = u'.' + QString::fromStdString(ending(choice.options.format));
    if (choice.options.format == ExportFormat::OpenRaster)
        return {choice.name + dot};
    if (choice.what == ExportWhat::Sheet)
        return {choice.name + ExportPage::tr("-sheet") + dot};
    QStringList files;
    for (const std::size_t index : indices)
        files << choice.name + QStringLiteral("-%1").arg(index + 1) + dot;
    return files;
}

} // namespace lacuna::ui
