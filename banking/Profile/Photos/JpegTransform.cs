namespace Serverless.Banking.Profile;

/// <summary>The inverse cosine transform of a block of eight by eight (ITU-T T.81, A.3.3), each dimension by itself.</summary>
internal static class JpegTransform
{
    private const int Side = 8;

    /// <summary>Where the coefficients of the zigzag order belong.</summary>
    public static ReadOnlySpan<byte> Natural =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
        30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Row by row: the cosine of every place and frequency, so weighted that a block of one value stays what it was.</summary>
    private static readonly float[] Cosines =
    [
        .. from place in Enumerable.Range(0, Side)
           from frequency in Enumerable.Range(0, Side)
           select (float)(Math.Cos(((2 * place) + 1) * frequency * Math.PI / (2 * Side)) * (frequency == 0 ? 1 : Math.Sqrt(2))),
    ];

    /// <summary>In place; the values come out eight times too large, as a block's first coefficient is.</summary>
    public static void Invert(Span<float> block)
    {
        Span<float> half = stackalloc float[Side * Side];
        for (var row = 0; row < Side; row++)
            Line(block[(row * Side)..], 1, half[(row * Side)..]);
        for (var column = 0; column < Side; column++)
            Line(half[column..], Side, block[column..]);
    }

    private static void Line(ReadOnlySpan<float> from, int step, Span<float> to)
    {
        for (var place = 0; place < Side; place++)
        {
            var sum = 0f;
            for (var frequency = 0; frequency < Side; frequency++)
                sum += from[frequency * step] * Cosines[(place * Side) + frequency];
            to[place * step] = sum;
        }
    }
}
