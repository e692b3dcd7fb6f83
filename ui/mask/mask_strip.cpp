// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mask/mask_strip.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include "ui/actions/action_registry.h"

namespace lacuna::ui {
namespace {

constexpr int stripHeight = 44;
constexpr int pickerWidth = 150;
constexpr int narrowPicker = 108;
constexpr int numberWidth = 84;
constexpr int narrowStrip = 480; ///< with everything folded that can be

QString hintOf(Tool tool)
{
    switch (tool) {
    case Tool::Rectangle:
        return MaskStrip::tr("Shift: a square");
    case Tool::Ellipse:
        return MaskStrip::tr("Shift: a circle");
    case Tool::Lasso:
        return MaskStrip::tr("Right button: erase");
    case Tool::Polygon:
        return MaskStrip::tr("Click corners, Enter closes");
    case Tool::Pan:
        return MaskStrip::tr("Drag the picture");
    case Tool::Brush:
    case Tool::Eraser:
    case Tool::Bucket:
        break;
    }
    return {};
}

} // namespace

MaskStrip::MaskStrip(Document& document, Canvas& canvas, const ActionRegistry& actions, QWidget* parent)
    : Ground(Shade::Window, Qt::BottomEdge, parent),
      document_(document),
      canvas_(canvas),
      picker_(new QComboBox(this)),
      size_(number(QStringLiteral("brush-size"), 1, 4000, tr(" px"), tr("Diameter of the brush ([ and ])"))),
      pen_(new QCheckBox(tr("Pen pressure"), this)),
      tolerance_(number(QStringLiteral("tolerance"), 0, 255, {},
                        tr("How much red, green and blue may differ from the pixel you click, of 255"))),
      hint_(makeLabel({}, TextRole::Body, true, this)),
      softEdge_(number(QStringLiteral("soft-edge"), 0, Document::largestSoftEdge, tr(" px"),
                       tr("Blends completions of the next run with the picture, in a band of this width "
                          "inside the hole. Known pixels stay as they are."))),
      growBy_(number(QStringLiteral("grow-by"), 1, 500, tr(" px"),
                     tr("By how much Grow and Shrink move the border of the hole"))),
      more_(iconButton({}, tr("More about the mask"), tr("What has no room in a narrow window"), this)),
      sheet_(new Ground(Shade::Surface, Qt::LeftEdge | Qt::RightEdge | Qt::TopEdge | Qt::BottomEdge, this))
{
    setObjectName(QStringLiteral("mask-strip"));
    setAccessibleName(tr("Mask and tool"));
    makePicker();
    QToolButton* menu = makeMenu(actions);
    pen_->setObjectName(QStringLiteral("pen-pressure"));
    pen_->setAccessibleName(pen_->text());
    pen_->setToolTip(tr("A pen that is pressed less paints a smaller brush"));
    pen_->setChecked(canvas_.penSizes());
    tolerance_->setValue(24);
    growBy_->setValue(4);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * grid, 4, grid, 5);
    layout->setSpacing(grid);
    layout->addWidget(picker_, 2);
    layout->addWidget(menu);
    layout->addSpacing(grid);
    sizeGroup_ = addNumber(layout, tr("Brush"), size_);
    layout->addWidget(pen_);
    toleranceGroup_ = addNumber(layout, tr("Tolerance"), tolerance_);
    layout->addWidget(hint_);
    layout->addStretch(1);
    QWidget* softEdge = addNumber(layout, tr("Soft edge"), softEdge_);
    tabs_ = {picker_, menu, size_, pen_, tolerance_, softEdge_, growBy_};
    addBorder(layout, actions);
    foldable_ = {{layout->itemAt(layout->count() - 1)->widget(), layout->count() - 1},
                 {softEdge, layout->indexOf(softEdge)},
                 {pen_, layout->indexOf(pen_)}};
    makeFolding(layout);
    orderTabs();
    setFixedHeight(stripHeight);

    connect(size_, &QSpinBox::valueChanged, &canvas_, &Canvas::setBrushSize);
    connect(&canvas_, &Canvas::brushSizeChanged, size_, &QSpinBox::setValue);
    connect(pen_, &QCheckBox::toggled, &canvas_, &Canvas::setPenSizes);
    connect(&canvas_, &Canvas::toolChanged, this, &MaskStrip::showTool);
    connect(softEdge_, &QSpinBox::valueChanged, &document_, &Document::setSoftEdge);
    connect(&document_, &Document::masksChanged, this, &MaskStrip::showMasks);
    size_->setValue(canvas_.brushSize());
    showTool();
}

QSpinBox* MaskStrip::number(const QString& name, int low, int high, const QString& unit, const QString& tip)
{
    auto* box = new QSpinBox(this);
    box->setObjectName(name);
    box->setRange(low, high);
    box->setSuffix(unit);
    box->setToolTip(tip);
    box->setFixedWidth(numberWidth);
    box->setKeyboardTracking(false); // a number counts when it is complete
    return box;
}

QToolButton* MaskStrip::makeMenu(const ActionRegistry& actions)
{
    auto* button = iconButton({}, tr("Masks"), tr("Add, duplicate, rename or delete masks"), this);
    button->setText(QStringLiteral("⋯"));
    button->setObjectName(QStringLiteral("mask-menu"));
    auto* menu = new QMenu(button);
    for (const char* id : {"new-mask", "duplicate-mask", "rename-mask", "delete-mask"})
        menu->addAction(actions.get(id));
    connect(button, &QToolButton::clicked, menu,
            [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

/// By how much the border moves, and the two buttons that move it, as one piece.
void MaskStrip::addBorder(QBoxLayout* layout, const ActionRegistry& actions)
{
    QLayout* row = addNumber(layout, tr("Border"), growBy_)->layout();
    for (const char* id : {"grow", "shrink"}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(actions.get(id));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setAutoRaise(true);
        button->setMinimumHeight(controlHeight);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(actions.get(id)->text().remove(u'&'));
        row->addWidget(button);
        tabs_.push_back(button);
    }
}

/// The sheet holds what has no room in the line.
void MaskStrip::makeFolding(QBoxLayout* layout)
{
    sheet_->setWindowFlag(Qt::Popup);
    sheet_->setObjectName(QStringLiteral("mask-sheet"));
    sheet_->setAccessibleName(more_->accessibleName());
    sheet_->installEventFilter(this);
    auto* column = new QVBoxLayout(sheet_);
    column->setContentsMargins(2 * grid, grid, 2 * grid, grid);
    more_->setText(QStringLiteral("»"));
    more_->setObjectName(QStringLiteral("mask-more"));
    more_->hide();
    layout->addWidget(more_);
    connect(more_, &QToolButton::clicked, this, &MaskStrip::showFolded);
}

/// The first `parts` of the foldable ones are in the sheet, the others at their places.
void MaskStrip::fold(int parts)
{
    const auto put = [](QWidget* target, int place, QWidget* part) {
        const bool hidden = part->isHidden(); // a part with another parent is hidden
        static_cast<QBoxLayout*>(target->layout())->insertWidget(place, part, 0, Qt::AlignLeft);
        part->setVisible(!hidden);
    };
    for (; folded_ < parts; ++folded_)
        put(sheet_, 0, foldable_[std::size_t(folded_)].part);
    for (; folded_ > parts; --folded_)
        put(this, foldable_[std::size_t(folded_ - 1)].place, foldable_[std::size_t(folded_ - 1)].part);
    orderTabs();
}

/// Folds no more than needed.
void MaskStrip::fit()
{
    if (sheet_->isVisible())
        return;
    const auto room = [this](const QWidget* part) {
        return part->isHidden() ? 0 : part->minimumSizeHint().width() + layout()->spacing();
    };
    layout()->invalidate();
    int needed = layout()->minimumSize().width() - room(more_);
    for (int i = 0; i < folded_; ++i)
        needed += room(foldable_[std::size_t(i)].part); // all in the line
    const int more = more_->minimumSizeHint().width() + layout()->spacing();
    int parts = 0;
    bool any = false; // something that this tool has is in the sheet
    for (; parts < int(foldable_.size()) && needed + (any ? more : 0) > width(); ++parts) {
        needed -= room(foldable_[std::size_t(parts)].part);
        any = any || !foldable_[std::size_t(parts)].part->isHidden();
    }
    if (parts != folded_)
        fold(parts);
    more_->setVisible(any);
}

/// Those of one window follow each other.
void MaskStrip::orderTabs()
{
    std::vector<QWidget*> order = tabs_;
    order.push_back(more_);
    for (const QWidget* window : {static_cast<QWidget*>(this)->window(), sheet_}) {
        QWidget* last = nullptr;
        for (QWidget* one : order)
            if (one->window() == window) {
                if (last)
                    setTabOrder(last, one);
                last = one;
            }
    }
}

/// Below the button, where the keyboard goes on.
void MaskStrip::showFolded()
{
    sheet_->adjustSize();
    const int left = isRightToLeft() ? 0 : more_->width() - sheet_->width();
    sheet_->move(more_->mapToGlobal(QPoint(left, more_->height())));
    sheet_->show();
    for (QWidget* one : tabs_)
        if (one->isVisible() && one->window() == sheet_)
            return one->setFocus(Qt::PopupFocusReason);
}

QSize MaskStrip::minimumSizeHint() const
{
    return {narrowStrip, stripHeight};
}

/// A number with its label, as one piece that can be hidden.
QWidget* MaskStrip::addNumber(QLayout* layout, const QString& label, QSpinBox* box)
{
    auto* group = new QWidget(this);
    box->setParent(group);
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins({});
    row->setSpacing(grid);
    row->addWidget(fieldLabel(label, box));
    row->addWidget(box);
    layout->addWidget(group);
    return group;
}

void MaskStrip::makePicker()
{
    picker_->setObjectName(QStringLiteral("masks"));
    picker_->setAccessibleName(tr("Mask in use"));
    picker_->setToolTip(tr("Which mask is painted and filled"));
    picker_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    picker_->setMinimumWidth(narrowPicker);
    picker_->setMaximumWidth(pickerWidth);
    picker_->setSizePolicy(QSizePolicy::Expanding,
                           QSizePolicy::Fixed); // names are cut first where room is short
    picker_->setInsertPolicy(QComboBox::NoInsert);
    picker_->view()->setAccessibleName(tr("Masks"));
    connect(picker_, &QComboBox::activated, this, [this](int index) {
        if (!renaming_)
            document_.useMask(index);
    });
}

int MaskStrip::tolerance() const
{
    return tolerance_->value();
}

int MaskStrip::growBy() const
{
    return growBy_->value();
}

void MaskStrip::showMasks()
{
    endRename(false);
    const QSignalBlocker quietPicker(picker_), quietEdge(softEdge_);
    picker_->clear();
    for (const MaskEntry& entry : document_.masks())
        picker_->addItem(entry.name);
    picker_->setCurrentIndex(document_.maskIndex());
    softEdge_->setValue(document_.maskEntry().softEdge);
}

void MaskStrip::showTool()
{
    const Tool tool = canvas_.tool();
    const bool paints = tool == Tool::Brush || tool == Tool::Eraser;
    sizeGroup_->setVisible(paints);
    pen_->setVisible(paints);
    toleranceGroup_->setVisible(tool == Tool::Bucket);
    hint_->setText(hintOf(tool));
    hint_->setVisible(!hint_->text().isEmpty());
    fit();
}

void MaskStrip::beginRename()
{
    if (renaming_ || !document_.isOpen())
        return;
    renaming_ = true;
    picker_->setEditable(true);
    picker_->setCompleter(nullptr);
    QLineEdit* name = picker_->lineEdit();
    name->setAccessibleName(tr("Name of the mask"));
    name->setText(document_.maskEntry().name);
    name->installEventFilter(this);
    name->selectAll();
    name->setFocus(Qt::OtherFocusReason);
}

bool MaskStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == sheet_ && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        sheet_->close();
        more_->setFocus(Qt::PopupFocusReason);
        return true;
    }
    if (!renaming_ || watched != picker_->lineEdit())
        return Ground::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut) {
        QMetaObject::invokeMethod(
            this, [this] { endRename(true); }, Qt::QueuedConnection); // not while the field handles the event
        return false;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!enter && key != Qt::Key_Escape)
        return false;
    event->accept();
    if (event->type() == QEvent::KeyPress)
        QMetaObject::invokeMethod(
            this, [this, enter] { endRename(enter); }, Qt::QueuedConnection);
    return true;
}

void MaskStrip::endRename(bool keep)
{
    if (!std::exchange(renaming_, false))
        return;
    const bool focused = picker_->lineEdit()->hasFocus();
    const QString name = picker_->lineEdit()->text();
    picker_->setEditable(false);
    if (keep)
        document_.renameMask(name);
    showMasks();
    if (focused)
        canvas_.setFocus(Qt::OtherFocusReason);
}

} // namespace lacuna::ui
