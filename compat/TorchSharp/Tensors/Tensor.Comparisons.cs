namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether the elements are equal.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>Whether the elements are equal.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>Whether the elements are equal.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>Whether the elements differ.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>Whether the elements differ.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>Whether the elements differ.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Whether the elements are less than the other.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Whether the elements are less than the other.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Whether the elements are less than the other.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>Whether the elements are less than or equal to the other.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Whether the elements are less than or equal to the other.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Whether the elements are less than or equal to the other.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>Whether the elements are greater than the other.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Whether the elements are greater than the other.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Whether the elements are greater than the other.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>Whether the elements are greater than or equal to the other.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Whether the elements are greater than or equal to the other.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Whether the elements are greater than or equal to the other.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        /// <summary>The only element as a <see cref="float"/>.</summary>
        public static explicit operator float(Tensor value) => value.ToSingle();

        /// <summary>The only element as a <see cref="double"/>.</summary>
        public static explicit operator double(Tensor value) => value.ToDouble();

        /// <summary>The only element as a <see cref="int"/>.</summary>
        public static explicit operator int(Tensor value) => value.ToInt32();

        /// <summary>The only element as a <see cref="long"/>.</summary>
        public static explicit operator long(Tensor value) => value.ToInt64();

        /// <summary>The only element as a <see cref="bool"/>.</summary>
        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>The only element as a <see cref="byte"/>.</summary>
        public static explicit operator byte(Tensor value) => value.ToByte();

        /// <summary>A tensor without axes that holds the number.</summary>
        public static implicit operator Tensor(byte value) => torch.tensor(value);

        /// <summary>A tensor without axes that holds the number.</summary>
        public static implicit operator Tensor(int value) => torch.tensor(value);

        /// <summary>A tensor without axes that holds the number.</summary>
        public static implicit operator Tensor(long value) => torch.tensor(value);

        /// <summary>A tensor without axes that holds the number.</summary>
        public static implicit operator Tensor(float value) => torch.tensor(value);

        /// <summary>A tensor without axes that holds the number.</summary>
        public static implicit operator Tensor(double value) => torch.tensor(value);

        /// <summary>A tensor without axes that holds the number.</summary>
        public static implicit operator Tensor(bool value) => torch.tensor(value);

        /// <summary>A tensor without axes that holds the number. That a scalar converts makes an overload that takes one the better choice.</summary>
        public static implicit operator Tensor(Scalar scalar) => scalar.Type switch
        {
            ScalarType.Int64 => torch.tensor(scalar.ToInt64()),
            ScalarType.Bool => torch.tensor(scalar.ToBoolean()),
            _ => torch.tensor(scalar.ToDouble()),
        };
    }
}
