// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/seed_box.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QToolButton>

#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

constexpr int shortSeed = 1'000'000; ///< rolled seeds stay short enough to be read aloud

} // namespace

SeedBox::SeedBox(QWidget* parent)
    : QWidget(parent),
      field_(new QLineEdit(this)),
      keep_(new QCheckBox(tr("&Keep"), this))
{
    field_->setObjectName(QStringLiteral("seed"));
    field_->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,19}")), field_));
    field_->setToolTip(
        tr("The number from which all randomness of the set follows. The same seed and the same "
           "settings give the same set."));
    field_->setText(QStringLiteral("1"));
    keep_->setObjectName(QStringLiteral("keep-seed"));
    keep_->setToolTip(tr("Use the same seed again for the next set"));
    keep_->setAccessibleName(tr("Keep the seed"));
    QToolButton* dice =
        iconButton(QStringLiteral("dice"), tr("New seed"), tr("Roll the dice for another seed"), this);
    dice->setObjectName(QStringLiteral("dice"));
    connect(dice, &QToolButton::clicked, this, &SeedBox::roll);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(grid);
    layout->addWidget(field_, 1);
    layout->addWidget(dice);
    layout->addWidget(keep_);
    setTabOrder(field_, dice);
    setTabOrder(dice, keep_);
    setFocusProxy(field_);
}

std::uint64_t SeedBox::seed() const
{
    return field_->text().toULongLong(); // digits only, 0 when empty
}

void SeedBox::setSeed(std::uint64_t seed)
{
    field_->setText(QString::number(seed));
}

void SeedBox::roll()
{
    setSeed(std::uint64_t(QRandomGenerator::global()->bounded(1, shortSeed)));
}

std::uint64_t SeedBox::take()
{
    if (used_ == seed() && !keep_->isChecked())
        roll();
    used_ = seed();
    return seed();
}

} // namespace lacuna::ui
