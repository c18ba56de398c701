using System.Collections;
using Azure.Core.Serialization;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Hosting;

/// <summary>Several messages as one parameter: an array, or any collection that a list is.</summary>
internal static class MessageBatches
{
    public static bool IsBatch(Type type) => type != typeof(string) && type != typeof(byte[]) && ElementOf(type) is not null;

    /// <exception cref="InvalidCastException">The parameter's type is no list.</exception>
    public static object Convert(IReadOnlyList<ServiceBusReceivedMessage> messages, Type type, ObjectSerializer serializer)
    {
        var element = ElementOf(type) ?? throw new InvalidCastException($"{type} cannot hold several messages.");
        var array = Array.CreateInstance(element, messages.Count);
        for (var i = 0; i < messages.Count; i++)
            array.SetValue(Element(messages[i], element, serializer), i);

        return type.IsArray || type.IsInstanceOfType(array) ? array : (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array)!;
    }

    private static object? Element(ServiceBusReceivedMessage message, Type element, ObjectSerializer serializer)
    {
        if (element == typeof(ServiceBusReceivedMessage))
            return message;

        var converted = BuiltInConversions.Convert(element, message.Body, serializer);
        return converted.Error is null ? converted.Value : throw converted.Error;
    }

    private static Type? ElementOf(Type type) => type.IsArray
        ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) && type.GetGenericArguments() is [var element] ? element : null;
}
