// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "engine/core/tensor.h"

namespace lacuna {

/// The known degradation y = A x. x [B,C,H,W] in [-1,1]; y [B,...] has the operator's own shape. Dtype and device are
/// those of the argument; everything is differentiable.
class LinearOperator {
public:
    virtual ~LinearOperator() = default;
    virtual Tensor A(const Tensor& x) const = 0;
    virtual Tensor At(const Tensor& y) const = 0;     ///< <A x, y> = <x, At y>
    virtual Tensor A_pinv(const Tensor& y) const = 0; ///< A A_pinv A = A
    /// What the measurement leaves open: A(null_part(x)) = 0.
    Tensor null_part(const Tensor& x) const { return x - A_pinv(A(x)); }
    /// Where y is the picture with some pixels missing: [1,1,H,W] float32, 1 = known. Undefined otherwise.
    virtual Tensor keep() const { return {}; }
};

/// An operator with its singular value decomposition A = U diag(s) V^T. Spectral vectors are rows [B,n], n = C H W,
/// the m = rank bound of A observed components first; V is orthogonal, U has orthonormal columns. restoration.md 4.2.
class SpectralOperator : public LinearOperator {
public:
    virtual Tensor Vt(const Tensor& x) const = 0; ///< [B,C,H,W] -> [B,n]
    virtual Tensor V(const Tensor& z) const = 0;  ///< [B,n] -> [B,C,H,W]
    /// [B,C,H,W] -> [B,n]: the elements of x in the places of the components of Vt(x), without the rotation among
    /// those of a block or pixel. Only published DDNM+ asks for it, which forgets the rotation (Q15).
    virtual Tensor arranged(const Tensor& x) const { return Vt(x); }
    virtual Tensor Ut(const Tensor& y) const = 0; ///< y -> [B,m]
    virtual Tensor U(const Tensor& w) const = 0;  ///< [B,m] -> y

    /// [m] float64 on the CPU, not negative; 0: the component is not observed.
    const Tensor& singular_values() const { return singular_values_; }

    Tensor A(const Tensor& x) const override;
    Tensor At(const Tensor& y) const override;
    Tensor A_pinv(const Tensor& y) const override;
    /// y without what no picture could have caused, such as noise in holes.
    Tensor in_range(const Tensor& y) const { return U(Ut(y)); }

protected:
    /// n: number of spectral components.
    SpectralOperator(Tensor singular_values, std::int64_t n);

private:
    Tensor singular_values_, inverses_; ///< inverses of zeros are 0
    std::int64_t n_;
};

/// Rows [B,m] with zeros appended up to n.
Tensor padded(const Tensor& rows, std::int64_t n);

} // namespace lacuna
