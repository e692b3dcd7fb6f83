// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of the page of exports.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/appearance/pieces.h"
#include "ui/appearance/segments.h"
#include "ui/export/export_page.h"

namespace lacuna::ui {
namespace {

constexpr int sideWidth = 440;
constexpr int usualQuality = 92;

QLabel* wrapped(TextRole role, bool soft, QWidget* parent)
{
    QLabel* label = makeLabel({}, role, soft, parent);
    label->setWordWrap(true);
    return label;
}

Segments* choices(const QString& name, const QStringList& titles, QWidget* parent)
{
    auto* box = new Segments(titles, parent);
    box->setAccessibleName(name);
    for (int i = 0; i < int(titles.size()); ++i)
        box->button(i)->setAccessibleName(QStringLiteral("%1: %2").arg(name, titles[i]));
    return box;
}

} // namespace

QString ExportPage::privacySentence(Privacy privacy)
{
    switch (privacy) {
    case Privacy::Settings:
        return ExportPage::tr(
            "Model, settings and seed, but neither hole nor fingerprint of your picture. Of the "
            "camera's data no place, person, serial number or text.");
    case Privacy::Nothing:
        return ExportPage::tr("Pixels and colour profile, nothing else.");
    default:
        return ExportPage::tr(
            "Settings, seed and hole, so that opening the file restores the set, and all that the "
            "camera wrote.");
    }
}

QWidget* ExportPage::makeSide()
{
    auto* side = new Ground(Ground::Shade::Surface, Qt::LeftEdge, this);
    side->setFixedWidth(sideWidth);
    auto* scroll = new QScrollArea(side);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(3 * grid, 3 * grid, 3 * grid, 2 * grid);
    column->setSpacing(grid);
    addContent(column);
    addPixels(column);
    addMetadata(column);
    addTarget(column);
    column->addStretch(1);
    scroll->setWidget(holder); // takes ownership
    holder->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);

    auto* outer = new QVBoxLayout(side);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(scroll, 1);
    target_ = wrapped(TextRole::Small, true, side);
    target_->setObjectName(QStringLiteral("export-target"));
    export_ = new QPushButton(tr("Export"), side);
    export_->setObjectName(QStringLiteral("export-now"));
    export_->setAccessibleName(tr("Export"));
    export_->setProperty("primary", true);
    auto* back = new QPushButton(tr("Back"), side);
    back->setObjectName(QStringLiteral("export-back"));
    back->setAccessibleName(tr("Back to the picture"));
    connect(back, &QPushButton::clicked, this, &ExportPage::left);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid);
    buttons->addWidget(back);
    buttons->addWidget(export_, 1);
    auto* bottom = new QVBoxLayout;
    bottom->setContentsMargins(3 * grid, grid, 3 * grid, 20);
    bottom->setSpacing(grid);
    bottom->addWidget(target_);
    bottom->addLayout(buttons);
    outer->addLayout(bottom);
    return side;
}

void ExportPage::addContent(QVBoxLayout* column)
{
    column->addWidget(makeLabel(tr("Export"), TextRole::Title, false, this));
    factsText_ = wrapped(TextRole::Small, true, this);
    column->addWidget(factsText_);
    column->addSpacing(grid);
    whatBox_ = choices(tr("Completions"), {tr("Shown"), tr("Starred"), tr("All"), tr("Contact sheet")}, this);
    column->addWidget(makeLabel(tr("Completions"), TextRole::Body, false, this));
    column->addWidget(whatBox_);
    column->addSpacing(grid);
    formatBox_ =
        choices(tr("Format"), {tr("PNG"), tr("JPEG"), tr("TIFF"), tr("WebP"), tr("OpenRaster")}, this);
    formatText_ = wrapped(TextRole::Small, true, this);
    column->addWidget(makeLabel(tr("Format"), TextRole::Body, false, this));
    column->addWidget(formatBox_);
    column->addWidget(formatText_);
}

void ExportPage::addPixels(QVBoxLayout* column)
{
    quality_ = new QSpinBox(this);
    quality_->setObjectName(QStringLiteral("export-quality"));
    quality_->setRange(1, 100);
    quality_->setValue(usualQuality);
    quality_->setToolTip(tr("How much of JPEG and WebP pictures is kept, 1 to 100"));
    depth_ = new QComboBox(this);
    depth_->setObjectName(QStringLiteral("export-depth"));
    depth_->view()->setAccessibleName(tr("Depths"));
    depth_->setToolTip(tr("Levels of a sample: 8 bits are 256, 16 bits 65,536"));
    depth_->addItem(QString(), 0);
    depth_->addItem(tr("8 bits"), 8);
    depth_->addItem(tr("16 bits"), 16);
    transparency_ = new QCheckBox(tr("Keep &transparency"), this);
    transparency_->setObjectName(QStringLiteral("export-transparency"));
    transparency_->setAccessibleName(tr("Keep transparency"));
    transparency_->setToolTip(tr("Else the picture is put on white"));
    transparency_->setChecked(true);
    srgb_ = new QCheckBox(tr("Convert colours to &sRGB"), this);
    srgb_->setObjectName(QStringLiteral("export-srgb"));
    srgb_->setAccessibleName(tr("Convert colours to sRGB"));
    srgb_->setToolTip(tr("For programs that ignore colour profiles. Else the picture keeps its own."));

    auto* numbers = new QGridLayout;
    numbers->setHorizontalSpacing(2 * grid);
    numbers->setVerticalSpacing(4);
    numbers->setColumnStretch(0, 1);
    numbers->setColumnStretch(1, 1);
    numbers->addWidget(fieldLabel(tr("&Quality"), quality_), 0, 0);
    numbers->addWidget(fieldLabel(tr("&Depth"), depth_), 0, 1);
    numbers->addWidget(quality_, 1, 0);
    numbers->addWidget(depth_, 1, 1);
    promise_ = wrapped(TextRole::Small, true, this);
    promise_->setObjectName(QStringLiteral("export-promise"));
    column->addSpacing(grid);
    column->addLayout(numbers);
    column->addWidget(transparency_);
    column->addWidget(srgb_);
    column->addWidget(promise_);
}

void ExportPage::addMetadata(QVBoxLayout* column)
{
    column->addSpacing(grid);
    column->addWidget(makeLabel(tr("What the file tells"), TextRole::Body, false, this));
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * grid);
    for (const auto& [text, name] :
         {std::pair{tr("E&verything"), "export-everything"},
          std::pair{tr("Settin&gs only"), "export-settings"}, std::pair{tr("&Nothing"), "export-nothing"}}) {
        auto* button = new QRadioButton(text, this);
        button->setObjectName(QLatin1String(name));
        const Privacy level = Privacy(privacy_.size());
        button->setAccessibleName(tr("The file tells: %1").arg(QString(text).remove(u'&')));
        button->setAccessibleDescription(privacySentence(level));
        button->setToolTip(privacySentence(level));
        connect(button, &QRadioButton::toggled, this, &ExportPage::refresh);
        row->addWidget(button);
        privacy_.push_back(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    privacyText_ = wrapped(TextRole::Small, true, this);
    column->addWidget(privacyText_);
}

void ExportPage::addTarget(QVBoxLayout* column)
{
    name_ = new QLineEdit(this);
    name_->setObjectName(QStringLiteral("export-name"));
    name_->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[^/]{1,200}")), name_));
    folder_ = new QLineEdit(this);
    folder_->setObjectName(QStringLiteral("export-folder"));
    auto* pick = new QPushButton(tr("Choose…"), this);
    pick->setAccessibleName(tr("Choose a folder"));
    connect(pick, &QPushButton::clicked, this, &ExportPage::pickFolder);
    column->addSpacing(grid);
    column->addWidget(fieldLabel(tr("Na&me"), name_));
    column->addWidget(name_);
    column->addWidget(fieldLabel(tr("&Folder"), folder_));
    auto* row = new QHBoxLayout;
    row->setSpacing(grid);
    row->addWidget(folder_, 1);
    row->addWidget(pick);
    column->addLayout(row);
}

} // namespace lacuna::ui
