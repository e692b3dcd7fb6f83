// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/shortcut_sheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/actions/action_registry.h"
#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

struct Row {
    QString what{};
    QString keys{};
};

/// What the canvas does by mouse, which no action stands for.
std::vector<Row> mouseRows()
{
    return {{ShortcutSheet::tr("Zoom at the cursor"), ShortcutSheet::tr("Wheel")},
            {ShortcutSheet::tr("Move the view"), ShortcutSheet::tr("Space and drag, middle drag, arrows")},
            {ShortcutSheet::tr("Erase with any tool"), ShortcutSheet::tr("Right drag")},
            {ShortcutSheet::tr("Move the hole"), ShortcutSheet::tr("Ctrl and drag, Ctrl and arrows")},
            {ShortcutSheet::tr("Square, circle, 45 degrees"), ShortcutSheet::tr("Shift and drag or click")},
            {ShortcutSheet::tr("Straight brush line"), ShortcutSheet::tr("Shift and click")},
            {ShortcutSheet::tr("Brush size"), ShortcutSheet::tr("Alt and wheel")}};
}

QWidget* block(const QString& title, const std::vector<Row>& rows, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(4);
    layout->setHorizontalSpacing(3 * grid);
    layout->setColumnStretch(0, 1);
    layout->addWidget(makeLabel(title, TextRole::Heading, false, box), 0, 0, 1, 2);
    int line = 1;
    for (const Row& row : rows) {
        layout->addWidget(makeLabel(row.what, TextRole::Body, false, box), line, 0);
        layout->addWidget(makeLabel(row.keys, TextRole::Body, true, box), line++, 1, Qt::AlignRight);
    }
    return box;
}

} // namespace

ShortcutSheet::ShortcutSheet(const ActionRegistry& actions, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcut-sheet"));
    setWindowTitle(tr("Keyboard Shortcuts"));
    QVBoxLayout* columns[2] = {new QVBoxLayout, new QVBoxLayout};
    using enum Section;
    for (const Section section : {File, Edit, View, Mask, Generate, Help}) {
        std::vector<Row> rows;
        for (const ActionSpec& spec : actions.specs())
            if (spec.section == section && !ActionRegistry::keys(spec).isEmpty())
                rows.push_back({ActionRegistry::plainText(spec), ActionRegistry::keys(spec)});
        const bool left = section == File || section == Edit || section == View;
        columns[left ? 0 : 1]->addWidget(block(ActionRegistry::title(section).remove(u'&'), rows, this));
    }
    columns[0]->addWidget(block(tr("Mouse"), mouseRows(), this));
    auto* both = new QHBoxLayout;
    both->setSpacing(6 * grid);
    for (QVBoxLayout* column : columns) {
        column->setSpacing(2 * grid);
        column->addStretch(1);
        both->addLayout(column, 1);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * grid, 3 * grid, 3 * grid, 2 * grid);
    layout->setSpacing(2 * grid);
    layout->addLayout(both);
    layout->addWidget(buttons);
}

} // namespace lacuna::ui
