namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Reads a tensor that <see cref="TensorExtensionMethods.Save(Tensor, BinaryWriter)"/> wrote.</summary>
        public static Tensor Load(BinaryReader reader) => TensorExtensionMethods.Load(reader);

        /// <inheritdoc cref="Load(BinaryReader)"/>
        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            return Load(reader);
        }

        /// <inheritdoc cref="Load(BinaryReader)"/>
        public static Tensor Load(string location)
        {
            using FileStream stream = File.OpenRead(location);
            return Load(stream);
        }
    }
}
