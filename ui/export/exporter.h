// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

#include "ui/export/export_page.h"

class QTemporaryDir;

namespace lacuna::ui {

class Document;
class GalleryPanel;
class MessageBar;
class Results;

/// Fills the page of exports with what is known and writes, in the background, what was chosen there.
class Exporter : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        Results& results;
        GalleryPanel& gallery;
        MessageBar& messages;
        ExportPage& page;
    };
    Exporter(const Parts& parts, QObject* parent);
    ~Exporter() override;

    void open(ExportWhat what); ///< prepares the page; nothing without a set
    void write();               ///< what the page says

    void copyShown(); ///< to the clipboard
    /// Writes one completion as a PNG file that lasts as long as the window, then calls `done` with its name.
    void writeForDrag(int index, std::function<void(const QString& file)> done);

Q_SIGNALS:
    void opened();
    void written(); ///< all of it
    void busy(const QString& what);

private:
    std::vector<std::size_t> indices(ExportWhat what) const;
    std::shared_ptr<const ExportSource> source() const;
    void renderPreview();
    void checkTarget();

    Parts parts_;
    std::shared_ptr<const ExportSource> source_{}; ///< of the page that is open
    std::uint64_t newestCheck_ = 0;
    std::unique_ptr<QTemporaryDir> dragged_{};
};

} // namespace lacuna::ui
