// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/import_page.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/appearance/pieces.h"
#include "ui/models/downloader/download_job.h"

namespace lacuna::ui {
namespace {

QLabel* wrapped(TextRole role, bool soft, const QString& name, QWidget* parent)
{
    QLabel* label = makeLabel({}, role, soft, parent);
    label->setWordWrap(true);
    label->setObjectName(name);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

ImportPage::ImportPage(QWidget* parent) // created in the order of the Tab key
    : QWidget(parent),
      title_(wrapped(TextRole::Heading, false, QStringLiteral("import-title"), this)),
      text_(wrapped(TextRole::Body, false, QStringLiteral("import-text"), this)),
      hash_(wrapped(TextRole::Small, true, QStringLiteral("import-hash"), this)),
      problem_(wrapped(TextRole::Body, false, QStringLiteral("import-problem"), this)),
      bar_(new QProgressBar(this)),
      presetLabel_(nullptr),
      preset_(new QComboBox(this)),
      import_(new QPushButton(tr("Add to my models"), this)),
      back_(new QPushButton(tr("Back"), this))
{
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setRange(0, 1000);
    bar_->setAccessibleName(tr("Progress of the import"));
    preset_->setObjectName(QStringLiteral("import-preset"));
    preset_->setToolTip(tr("Which published network the weights are for"));
    presetLabel_ = fieldLabel(tr("It is the &network"), preset_);
    import_->setObjectName(QStringLiteral("import"));
    import_->setProperty("primary", true);
    import_->setToolTip(
        tr("Convert the weights and put them into your folder of models; the file stays as it is"));
    import_->setAccessibleName(import_->text());
    back_->setObjectName(QStringLiteral("import-back"));
    for (QPushButton* one : {import_, back_})
        one->setAutoDefault(false);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * grid, 3 * grid, 3 * grid, 2 * grid);
    layout->setSpacing(12);
    for (QWidget* one :
         std::initializer_list<QWidget*>{title_, text_, bar_, problem_, presetLabel_, preset_, hash_})
        layout->addWidget(one);
    auto* row = new QHBoxLayout;
    row->addWidget(import_);
    row->addWidget(back_);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addStretch(1);
    connect(import_, &QPushButton::clicked, this, &ImportPage::begin);
    connect(back_, &QPushButton::clicked, this, &ImportPage::backPressed);
    connect(preset_, &QComboBox::currentIndexChanged, this, &ImportPage::showChoice);
}

void ImportPage::showReading(const QString& file)
{
    report_ = {};
    title_->setText(tr("Import %1").arg(QFileInfo(file).fileName()));
    text_->setText(tr("Reading what the file holds. Nothing in it is run."));
    bar_->setValue(0);
    bar_->show();
    for (QWidget* one : std::initializer_list<QWidget*>{problem_, presetLabel_, preset_, hash_, import_})
        one->hide();
    back_->setText(tr("Cancel"));
    back_->setAccessibleName(back_->text());
    back_->setToolTip(tr("End the import; the file stays as it is"));
}

void ImportPage::showReport(const CheckpointReport& report)
{
    report_ = report;
    bar_->hide();
    text_->setText(tr("%1, %2: %3 tensors with %4 numbers.")
                       .arg(QString::fromStdString(report.container), sizeText(report.bytes))
                       .arg(report.tensors)
                       .arg(QLocale().toString(qlonglong(report.parameters))));
    back_->setText(tr("Back"));
    back_->setAccessibleName(back_->text());
    {
        const QSignalBlocker quiet(preset_);
        preset_->clear();
        for (const ModelPreset& preset : report.choices())
            preset_->addItem(QString::fromStdString(preset.name));
    }
    const bool usable = report.problem.empty() && preset_->count() > 0;
    if (!usable)
        return showFailure(
            tr("This file cannot become a model: it %1.").arg(QString::fromStdString(report.problem)));
    problem_->hide();
    presetLabel_->show();
    preset_->show();
    preset_->setEnabled(preset_->count() > 1);
    import_->show();
    import_->setEnabled(true);
    showChoice();
    import_->setFocus();
}

QString ImportPage::hashText(const ModelPreset& preset) const
{
    const QString hash = tr("SHA-256 of your file: %1").arg(QString::fromStdString(report_.sha256)) + u'\n';
    if (!preset.sha256)
        return hash + tr("None was published for this network: only compare it with one that you trust.");
    return hash
           + (*preset.sha256 == report_.sha256
                  ? tr("That is the published one.")
                  : tr("The published file has another one. The network fits, the weights may differ."));
}

void ImportPage::showChoice()
{
    const auto choices = report_.choices();
    const int index = preset_->currentIndex();
    if (index < 0 || index >= int(choices.size()))
        return;
    hash_->setText(hashText(choices[std::size_t(index)]));
    hash_->show();
}

void ImportPage::begin()
{
    const auto choices = report_.choices();
    const int index = preset_->currentIndex();
    if (index < 0 || index >= int(choices.size()))
        return;
    text_->setText(tr("Converting the weights and checking every number."));
    bar_->setValue(0);
    bar_->show();
    import_->setEnabled(false);
    preset_->setEnabled(false);
    back_->setText(tr("Cancel"));
    back_->setAccessibleName(back_->text());
    Q_EMIT importPressed(report_, choices[std::size_t(index)]);
}

void ImportPage::showProgress(int permille)
{
    bar_->setValue(permille);
}

void ImportPage::showFailure(const QString& message)
{
    bar_->hide();
    for (QWidget* one : std::initializer_list<QWidget*>{presetLabel_, preset_, import_})
        one->hide();
    hash_->setVisible(!report_.sha256.empty());
    hash_->setText(tr("SHA-256 of your file: %1").arg(QString::fromStdString(report_.sha256)));
    QPalette palette = problem_->palette();
    palette.setColor(QPalette::WindowText, theme().problem);
    problem_->setPalette(palette);
    problem_->setText(message);
    problem_->show();
    back_->setText(tr("Back"));
    back_->setAccessibleName(back_->text());
    back_->setFocus();
}

} // namespace lacuna::ui
