namespace Serverless.Functions.Load;

/// <summary>How much an instance of the app has to do.</summary>
public enum LoadLevel
{
    Calm,

    /// <summary>Reads are refused, so that orders get through.</summary>
    Busy,

    /// <summary>Orders are refused too, so that those already taken get through.</summary>
    Overloaded,
}
