// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace lacuna {

/// The results of jobs in a folder that several workers may share, each result in a folder named by the job's id.
/// A result is there whole or not at all: it is written beside, listed with the hashes of its files in done.json, and
/// renamed. Double work is harmless, because the results of a job are equal.                 reliability.md 4.6
class JobStore {
public:
    /// Makes the folder. Throws Error{Output}.
    explicit JobStore(std::filesystem::path folder);

    std::filesystem::path result(const std::string& id) const { return folder_ / id; }
    /// done.json is there and every file has the hash it names. A result that fails is removed.
    bool is_done(const std::string& id) const;

    /// Removes the marks that killed workers left on jobs that are done.
    void clear_marks() const;

    /// The right to work on a job; given back when it goes out of scope.
    class Claim {
    public:
        Claim(const Claim&) = delete;
        Claim& operator=(const Claim&) = delete;
        Claim(Claim&&) noexcept;
        ~Claim();

        /// Where the files of the result are to be written.
        const std::filesystem::path& workplace() const { return workplace_; }
        /// Says that the worker lives; to be called at least every few seconds.
        void beat();
        /// Lists the files in done.json and puts the result in place. Throws Error{Output}.
        void finish();

    private:
        friend class JobStore;
        Claim(std::filesystem::path mark, std::filesystem::path workplace, std::filesystem::path result);

        std::filesystem::path mark_, workplace_, result_;
    };

    /// Nothing when another worker holds the job and has given a sign of life in the last minute.
    std::optional<Claim> claim(const std::string& id) const;

private:
    std::filesystem::path folder_;
};

} // namespace lacuna
