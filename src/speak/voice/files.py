"""Where the files of posts are seen."""

from speak.voice.models import Media


def url_of(media: Media) -> str:
    """Here, as a path. Films and sounds from elsewhere are only linked, to the server they came from."""
    if media.token:
        return f"/media/{media.token}"
    is_picture = media.media_type.startswith("image/")
    return f"/media/far/posts/{media.pk}" if is_picture else media.remote_url
