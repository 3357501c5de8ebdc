namespace Granary.Trainer.Data.Decoding;

/// <summary>The formats of picture files.</summary>
internal enum PictureFormat
{
    /// <summary>ITU-T T.81.</summary>
    Jpeg = 1,

    /// <summary>ISO/IEC 15948.</summary>
    Png = 2,
}
