// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the board: tables by the writers of the command line, and the figure.
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>

#include "engine/core/atomic_file.h"
#include "ui/appearance/theme.h"
#include "ui/sweep/figure_painting.h"
#include "ui/sweep/sweep_board.h"

namespace lacuna::ui {
namespace {

using Format = SweepBoard::Format;

constexpr int figureScale = 2; ///< for print

QByteArray encoded(const SweepReport& report, Format format)
{
    switch (format) {
    case Format::Csv:
        return QByteArray::fromStdString(sweep_csv(report));
    case Format::Latex:
        return QByteArray::fromStdString(sweep_latex(report));
    case Format::Svg:
        return QByteArray::fromStdString(sweep_figure(report).svg());
    case Format::Png:
        break;
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    paintFigure(sweep_figure(report), figureScale).save(&buffer, "PNG");
    return bytes;
}

QString ending(Format format)
{
    static const char* const endings[] = {"png", "svg", "csv", "tex"};
    return QString::fromLatin1(endings[int(format)]);
}

} // namespace

QPushButton* SweepBoard::makeExport(QWidget* parent)
{
    auto* button = new QPushButton(tr("Export"), parent);
    button->setFixedHeight(controlHeight);
    button->setObjectName(QStringLiteral("sweep-export"));
    button->setToolTip(tr("Save or copy the figure and the tables of what is done"));
    auto* menu = new QMenu(button);
    const std::pair<QString, Format> files[] = {{tr("Figure as &PNG…"), Format::Png},
                                                {tr("Figure as &SVG…"), Format::Svg},
                                                {tr("Table as &CSV…"), Format::Csv},
                                                {tr("Tables as &LaTeX…"), Format::Latex}};
    for (const auto& [text, format] : files)
        menu->addAction(text, this, [this, format = format] { exportByDialog(format); });
    menu->addSeparator();
    for (const auto& [text, format] : {std::pair{tr("Copy Table as C&SV"), Format::Csv},
                                       std::pair{tr("Copy Tables as L&aTeX"), Format::Latex}})
        menu->addAction(text, this, [this, format = format] {
            QGuiApplication::clipboard()->setText(QString::fromUtf8(exported(format)));
            Q_EMIT told(tr("The table is on the clipboard."), false);
        });
    button->setMenu(menu);
    return button;
}

QByteArray SweepBoard::exported(Format format) const
{
    return encoded(sweep_.table().report(), format);
}

void SweepBoard::exportByDialog(Format format)
{
    const QString name = QStringLiteral("sweep.") + ending(format);
    const QString filter = tr("%1 file (*.%2)").arg(ending(format).toUpper(), ending(format));
    const QString file = QFileDialog::getSaveFileName(window(), tr("Export Sweep"), name, filter);
    if (!file.isEmpty())
        exportTo(format, file);
}

void SweepBoard::exportTo(Format format, const QString& file)
{
    inBackground(
        this,
        [report = sweep_.table().report(), format, file] {
            write_file(std::filesystem::path(file.toStdU16String()), encoded(report, format).toStdString());
            return true;
        },
        [this, file](const Attempt<bool>& written) {
            if (const auto* problem = std::get_if<Problem>(&written))
                Q_EMIT told(problem->message, true);
            else
                Q_EMIT told(tr("The sweep was saved as %1.").arg(QFileInfo(file).fileName()), false);
        });
}

} // namespace lacuna::ui
