// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/recent_files.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>

#include "engine/core/atomic_file.h"
#include "ui/background/background.h"

namespace lacuna::ui {
namespace {

constexpr int most = 10;
constexpr std::uint64_t largestList = 1 << 20;

} // namespace

RecentFiles::RecentFiles(QMenu* menu) : QObject(menu), menu_(menu)
{
    show();
}

void RecentFiles::setFile(const std::filesystem::path& file)
{
    file_ = file;
    inBackground(
        this,
        [file] {
            const auto bytes = read_file(file, largestList);
            return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
        },
        [this](const Attempt<QByteArray>& read) {
            if (const auto* bytes = std::get_if<QByteArray>(&read)) // else there is no list yet
                for (const QJsonValue& value : QJsonDocument::fromJson(*bytes).array())
                    if (value.isString() && files_.size() < most && !files_.contains(value.toString()))
                        files_ << value.toString();
            show();
        });
}

void RecentFiles::add(const QString& file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    files_.removeAll(path);
    files_.prepend(path);
    while (files_.size() > most)
        files_.removeLast();
    show();
    store();
}

void RecentFiles::show()
{
    menu_->clear();
    menu_->setEnabled(!files_.isEmpty());
    for (const QString& file : files_) {
        QAction* action = menu_->addAction(QFileInfo(file).fileName().replace(u'&', QStringLiteral("&&")),
                                           this, [this, file] { Q_EMIT picked(file); });
        action->setStatusTip(file);
    }
}

void RecentFiles::store() const
{
    if (file_.empty())
        return;
    const QByteArray json = QJsonDocument(QJsonArray::fromStringList(files_)).toJson();
    QThreadPool::globalInstance()->start([file = file_, text = json.toStdString()] {
        attempt([&] { // a list that cannot be kept is no reason to disturb anybody
            std::filesystem::create_directories(file.parent_path());
            return write_file(file, text), true;
        });
    });
}

} // namespace lacuna::ui
