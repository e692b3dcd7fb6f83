// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batch_page.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

constexpr int sideWidth = 440;
constexpr int planDelay = 300; // milliseconds

QString stateText(const Batch::Item& item)
{
    return item.state == Batch::State::Waiting ? BatchPage::tr("waits") : item.text;
}

QString fileName(const std::filesystem::path& path)
{
    return QString::fromStdString(path.filename().string());
}

} // namespace

BatchPage::BatchPage(Batch& batch, std::function<Recipe()> recipe, QWidget* parent)
    : QWidget(parent),
      batch_(batch),
      recipe_(std::move(recipe)),
      list_(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("batch-page"));
    list_->setObjectName(QStringLiteral("batch-list"));
    list_->setAccessibleName(tr("Pictures of the folder"));
    list_->setHeaderLabels({tr("Picture"), tr("Mask"), tr("State")});
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setFrameShape(QFrame::NoFrame);
    list_->header()->setStretchLastSection(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    empty_ =
        makeLabel(tr("Choose a folder of pictures and their masks.\nWhat will be filled is listed here."),
                  TextRole::Body, true, this);
    empty_->setAlignment(Qt::AlignCenter);
    row->addWidget(empty_, 1);
    row->addWidget(list_, 1);
    list_->hide();
    row->addWidget(makeSide());
    planTimer_.setSingleShot(true);
    planTimer_.setInterval(planDelay);
    connect(&planTimer_, &QTimer::timeout, this, &BatchPage::plan);
    connect(&batch_, &Batch::planned, this, &BatchPage::showItems);
    connect(&batch_, &Batch::itemChanged, this, &BatchPage::showItem);
    connect(&batch_, &Batch::progressed, this, [this](int index, int done, int total) {
        progress_->setRange(0, int(batch_.items().size()) * 1000);
        progress_->setValue(index * 1000 + (total > 0 ? int(1000.0 * done / total) : 0));
    });
    connect(&batch_, &Batch::ended, this, [this](const QString& sentence) {
        refresh();
        state_->setText(sentence);
    });
    refresh();
}

QLineEdit* BatchPage::addFolder(QVBoxLayout* column, const QString& title, const char* name, bool orFile)
{
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1String(name));
    column->addWidget(fieldLabel(title, field));
    auto* row = new QHBoxLayout;
    row->setSpacing(grid);
    row->addWidget(field, 1);
    auto* folder = new QPushButton(orFile ? tr("Folder…") : tr("Choose…"), this);
    folder->setAccessibleName(tr("Choose a folder: %1").arg(field->accessibleName()));
    connect(folder, &QPushButton::clicked, this, [this, field] { pick(field, false); });
    row->addWidget(folder);
    if (orFile) {
        auto* file = new QPushButton(tr("File…"), this);
        file->setAccessibleName(tr("Choose one mask for all"));
        connect(file, &QPushButton::clicked, this, [this, field] { pick(field, true); });
        row->addWidget(file);
    }
    column->addLayout(row);
    return field;
}

QWidget* BatchPage::makeSide()
{
    auto* side = new Ground(Ground::Shade::Surface, Qt::LeftEdge, this);
    side->setFixedWidth(sideWidth);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(3 * grid, 3 * grid, 3 * grid, 20);
    column->setSpacing(grid);
    column->addWidget(makeLabel(tr("Fill a Folder"), TextRole::Title, false, this));
    recipeText_ = makeLabel({}, TextRole::Small, true, this);
    recipeText_->setWordWrap(true);
    column->addWidget(recipeText_);
    column->addSpacing(grid);
    pictures_ = addFolder(column, tr("&Pictures"), "batch-pictures", false);
    masks_ = addFolder(column, tr("&Masks, or one mask for all"), "batch-masks", true);
    QLabel* hint =
        makeLabel(tr("The mask of beach.jpg is called beach, beach.mask, beach_mask or beach-mask."),
                  TextRole::Small, true, this);
    hint->setWordWrap(true);
    column->addWidget(hint);
    output_ = addFolder(column, tr("&Write to"), "batch-output", false);
    format_ = new QComboBox(this);
    format_->addItems({tr("PNG"), tr("JPEG"), tr("TIFF"), tr("WebP"), tr("OpenRaster, all as layers")});
    format_->view()->setAccessibleName(tr("Formats"));
    privacy_ = new QComboBox(this);
    privacy_->addItems({tr("Everything"), tr("Settings only"), tr("Nothing")});
    privacy_->setCurrentIndex(int(Privacy::Settings));
    privacy_->view()->setAccessibleName(tr("What the files tell"));
    column->addSpacing(grid);
    column->addWidget(fieldLabel(tr("&Format"), format_));
    column->addWidget(format_);
    column->addWidget(fieldLabel(tr("What the files &tell"), privacy_));
    column->addWidget(privacy_);
    column->addStretch(1);
    state_ = makeLabel({}, TextRole::Small, true, this);
    state_->setWordWrap(true);
    state_->setObjectName(QStringLiteral("batch-state"));
    progress_ = new QProgressBar(this);
    progress_->setTextVisible(false);
    progress_->setFixedHeight(grid);
    progress_->setAccessibleName(tr("Progress of the folder"));
    auto* back = new QPushButton(tr("Back"), this);
    back->setObjectName(QStringLiteral("batch-back"));
    back->setAccessibleName(tr("Back to the picture"));
    connect(back, &QPushButton::clicked, this, &BatchPage::left);
    run_ = new QPushButton(this);
    run_->setObjectName(QStringLiteral("batch-run"));
    connect(run_, &QPushButton::clicked, this, &BatchPage::startOrStop);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid);
    buttons->addWidget(back);
    buttons->addWidget(run_, 1);
    column->addWidget(state_);
    column->addWidget(progress_);
    column->addLayout(buttons);
    for (QLineEdit* field : {pictures_, masks_})
        connect(field, &QLineEdit::textChanged, &planTimer_, qOverload<>(&QTimer::start));
    connect(output_, &QLineEdit::textChanged, this, &BatchPage::refresh);
    return side;
}

void BatchPage::setFolders(const QString& pictures, const QString& masks, const QString& output)
{
    pictures_->setText(pictures);
    masks_->setText(masks);
    output_->setText(output);
}

void BatchPage::open()
{
    const Recipe recipe = recipe_();
    recipeText_->setText(
        tr("Every picture gets the set that the panel describes: model %1, %2 completions, seed %3.")
            .arg(QString::fromStdString(recipe.model))
            .arg(recipe.count)
            .arg(recipe.seed));
    pictures_->setFocus(Qt::OtherFocusReason);
    refresh();
}

void BatchPage::pick(QLineEdit* field, bool file)
{
    auto* dialog = new QFileDialog(this, file ? tr("Mask") : tr("Folder"), field->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(file ? QFileDialog::ExistingFile : QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly, !file);
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
}

void BatchPage::plan()
{
    if (!pictures_->text().isEmpty() && !masks_->text().isEmpty())
        batch_.plan(pictures_->text(), masks_->text());
}

void BatchPage::showItems()
{
    list_->clear();
    for (const Batch::Item& item : batch_.items())
        list_->addTopLevelItem(
            new QTreeWidgetItem({fileName(item.files.picture), fileName(item.files.mask), stateText(item)}));
    for (int column = 0; column < 2; ++column)
        list_->setColumnWidth(column, 240);
    list_->setVisible(!batch_.items().empty());
    empty_->setVisible(batch_.items().empty());
    progress_->setRange(0, std::max(1, int(batch_.items().size()) * 1000));
    progress_->setValue(0);
    state_->setText(batch_.problem().isEmpty() ? tr("%1 pictures with masks.").arg(batch_.items().size())
                                               : batch_.problem());
    refresh();
}

void BatchPage::showItem(int index)
{
    const Batch::Item& item = batch_.items()[std::size_t(index)];
    if (QTreeWidgetItem* row = list_->topLevelItem(index)) {
        row->setText(2, stateText(item));
        row->setToolTip(2, stateText(item));
        list_->scrollToItem(row);
    }
    const int past = item.state == Batch::State::Done || item.state == Batch::State::Failed ? 1 : 0;
    progress_->setValue((index + past) * 1000);
}

void BatchPage::startOrStop()
{
    if (batch_.running()) {
        state_->setText(tr("Stopping …"));
        return batch_.stop();
    }
    Batch::Settings settings;
    settings.folder = output_->text();
    settings.recipe = recipe_();
    settings.options.format = ExportFormat(format_->currentIndex());
    settings.options.privacy = Privacy(privacy_->currentIndex());
    batch_.start(settings);
    for (int i = 0; i < int(batch_.items().size()); ++i)
        showItem(i);
    progress_->setValue(0);
    state_->setText(tr("Filling %1 pictures.").arg(batch_.items().size()));
    refresh();
}

void BatchPage::refresh()
{
    const bool running = batch_.running();
    run_->setProperty("primary", !running);
    run_->setText(running ? tr("Stop") : tr("Fill All"));
    run_->setAccessibleName(running ? tr("Stop") : tr("Fill all pictures"));
    run_->setEnabled(running || (!batch_.items().empty() && !output_->text().isEmpty()));
    for (QWidget* field : std::initializer_list<QWidget*>{pictures_, masks_, output_, format_, privacy_})
        field->setEnabled(!running);
}

void BatchPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QWidget::keyPressEvent(event);
}

} // namespace lacuna::ui
