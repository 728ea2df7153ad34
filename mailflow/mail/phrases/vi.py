# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Vietnamese; many write it without the marks, so phrases are compared without them."""

WORDS = """và của là có không được cho tôi các một những với trong này đã để khi từ người về cũng như nhiều rất xin cảm ơn chào bạn anh chị quý vị em mình
nếu nhưng thì vào ra lại còn gì nào đâu sao bao giờ ạ nhé đến trên theo vì"""

PHRASES = {
    "sign": """
không|chẳng ngần|do|chần ngại|dự|chừ|ngừ ... ký
coi|xem email|thư|tin|mail|đây nhắn? này? là|như chữ ký
email|thư này là|thay cho? chữ ký
ủng hộ và ký
đồng ý và ký
tôi|mình|em|con|cháu xin|sẽ|đồng|cũng|muốn? ý? ký
tôi|mình|em ký
tôi|mình|em xin|sẽ|cũng|muốn|nguyện|vui|sẵn|đồng lòng|ý|sàng? ký
xin ký
đồng ý ký
tôi tham gia ký
tôi xin góp
đây là chữ ký của|tôi
hãy coi|xem đây là chữ ký
tôi xác nhận chữ? ký
tôi ký tên
ký tên vào|ủng
""",
    "willing": """
sẵn sàng|lòng ký
rất vui|hân|vinh được|lòng|hạnh|dự ký
vui lòng ký
""",
    "request": """
thêm|ghi|đưa|điền|viết ... tên|chữ tôi|mình|em|ký
thêm|ghi|điền|đưa|cho|bổ giúp|sung|dùm? tên|chữ|tôi|mình tôi|mình|em|ký|vào|tên
thêm tên tôi|mình|em
ghi tên tôi|mình|em
tính tôi|mình|em vào|nữa|một
tính cả tôi|mình|em
cho tôi|mình|em tham|ký|vào gia|tên|danh
đưa tên tôi vào
hãy tính cả tôi
xin thêm tên
có tên trong danh sách
""",
    "lone": """
=ký
=ký tên
=tôi ký
=tôi ký tên
=tôi xin ký
=xin ký
=xin ký tên
=tôi xin ký tên
=em ký
=đã ký
=đồng ý ký
=đồng ý ký tên
=có tôi ký
=vâng tôi ký
=tôi tham gia
=tính cả tôi
=cho tôi tham gia
=tôi cũng ký
=chữ ký của tôi
""",
    "yes": """
=vâng
=dạ
=dạ vâng
=vâng ạ
=dạ có
=có
=có ạ
=có chứ
=tất nhiên
=tất nhiên rồi
=dĩ nhiên
=đương nhiên
=chắc chắn
=chắc chắn rồi
=vâng tôi đồng ý
=vâng đồng ý
=sẵn sàng
=tôi sẵn sàng
=rất sẵn lòng
=sẵn lòng
=vâng tất nhiên
=vâng rất sẵn lòng
=ừ
=được
=được chứ
=vâng cảm ơn
=dĩ nhiên rồi|là|ạ?
=tất nhiên rồi|là|ạ?
""",
    "confirm": """
=xác nhận
=tôi xác nhận
=vâng tôi xác nhận
=vâng xác nhận
=đúng
=đúng vậy
=đúng rồi
=vâng đúng
=vâng đúng vậy
=vâng đúng rồi
=chính tôi
=là tôi
=vâng là tôi
=vâng chính tôi
=đúng là tôi
=đồng ý
=tôi đồng ý
=chính xác
=ok
tôi xác nhận
chính tôi đã|là
đúng là tôi
""",
    "no": """
=không
=không ạ
=dạ không
=không cảm ơn
=không xin cảm ơn
=cảm ơn không
=không đâu
=không bao giờ
=tôi không
=tôi từ chối
=từ chối
=tôi phản đối
=phản đối
=không quan tâm
=tôi không quan tâm
=không tham gia
=tôi không tham gia
=không muốn
=tôi không muốn
=rất tiếc không
=xin lỗi không
""",
    "decline": """
không|chẳng|chưa ký
không|chẳng muốn|thể|định|có|tham|đồng|sẽ|được ý|gia|thể? ký
sẽ không ký
tôi không ký
không muốn|thể|định ký
không muốn|thể tham gia
không tham gia
không đồng ý
từ chối
tôi phản đối
không ủng hộ
không quan tâm
đừng thêm|ghi|đưa|tính
xin không|miễn ký|tham|thêm
không thể ký
""",
    "withdraw": """
rút lại|chữ|tên ... ký|tên|ý?
tôi|xin|muốn|cho rút ... chữ|tên|lại
hủy|huỷ|xóa|xoá|gỡ|bỏ|thu giúp|hồi? chữ ký
hủy|huỷ|xóa|xoá|gỡ|bỏ tên tôi
rút tên
rút chữ
=rút
=rút lại
=xin rút
=xin rút lại
=tôi rút
=hủy
tôi đã? đổi|thay ý|đổi
đổi ý
thay đổi ý
không muốn|còn ký|ủng nữa
""",
    "unsubscribe": """
hủy|huỷ|ngừng|dừng đăng|nhận|gửi ký|thư|email|tin|mail|cho nhận|này|tin|tôi|thư|cho?
hủy|huỷ đăng ký|nhận nhận|thư|email|tin|bản
hủy|huỷ|bỏ|ngừng|dừng|xóa đăng|nhận|theo ký|thư|email|dõi
hủy|huỷ đăng ký
ngừng|dừng|đừng|thôi gửi
đừng gửi
không muốn|cần nhận
không gửi nữa
xóa|xoá|gỡ|bỏ|loại tôi|email|tên|địa ... danh|khỏi|sách|chỉ
=dừng
=dừng lại
=ngừng
=hủy đăng ký
=huỷ đăng ký
=bỏ đăng ký
=thôi
""",
    "notme": """
=không phải tôi
không phải là? tôi
không phải do tôi
tôi không|chưa hề|bao|từng|có|đã? giờ? ký
tôi chưa|không|đâu ký|gửi|viết
ai đó đã|khác
không có|được sự đồng ý của tôi
mạo danh
""",
    "not notme": """
tôi không ký$
""",
    "negation": """
không
chẳng
chưa
đừng
từ chối
""",
    "decoy": """
không vấn|thành|có|sao đề|vấn|ý
không chỉ|những
không ngần ngại
không có ý kiến|gì
không do dự
không còn nghi ngờ
tại sao không
sao lại không
nếu cần|có|được|muốn|vẫn
dù|mặc dù|cho
đăng ký
chữ ký số|điện
ký hợp|giấy|tài|văn|công|biên
ký ức
thời kỳ
định kỳ
""",
    "condition": """
nếu
khi
với điều kiện
miễn là
trừ khi
chừng nào
sau khi
trước khi
tùy
trong trường hợp
điều kiện
""",
    "would": """
có thể|lẽ sẽ? ký
sẽ ký nếu|khi
""",
    "hedge": """
tùy|tuỳ|phụ thuộc|vào
có lẽ
có thể
chắc
để xem|tôi|suy
suy nghĩ
cân nhắc
xem xét
chưa chắc|biết|quyết|rõ
không biết|chắc
mai
ngày mai
tuần sau
sau này
lúc khác
phân vân
hỏi lại|ý
nên ký
về nguyên tắc
""",
    "not hedge": """
chắc chắn
""",
    "past": """
tôi? đã ký
ký rồi
ký tuần trước
hôm qua
""",
    "third": """
đồng nghiệp
chồng tôi
vợ tôi
bạn tôi
sếp
giám đốc
anh ấy|ta
cô ấy
chúng tôi ký
con trai|gái tôi
mọi người
""",
    "behalf": """
thay mặt
đại diện
nhân danh
ký thay
ký hộ
""",
    "irony": """
haha
hihi
đùa
""",
    "but": """
^nhưng
nhưng
^tuy nhiên
tiếc là
đáng tiếc
""",
    "question": """
^bao giờ|nhiêu
phải không
được không
có ... không
đâu$
nào$
sao$
gì$
""",
    "asking": """
có ... không$
được không$
phải không$
cho tôi|mình|em hỏi
xin hỏi
làm sao|thế|cách
ở đâu
là gì
như thế nào
""",
    "support": """
ủng hộ
đồng tình
tán thành
ý tưởng hay|tốt|tuyệt
rất|quá hay|tốt|tuyệt
tuyệt vời
chúc thành|may công|mắn
hoan nghênh
cố lên
""",
    "polite": """
cảm ơn
cám ơn
xin cảm ơn
chân thành
trân trọng
xin chào
chào bạn|anh|chị|quý
kính gửi|chào|thư
thân mến|ái
vui lòng
xin
ạ
nhé
nhiều
""",
    "object": """
danh sách
kiến nghị
thỉnh nguyện
chữ ký
""",
    "relation": """
chồng|vợ|bạn|đồng|sếp|con|anh|chị|em|mẹ|bố tôi|trai|gái|nghiệp
""",
    "receipt": """
nhận được
đã nhận
""",
    "demand": """
^đổi|sửa|bỏ|thay|cho|giải|rút tiêu|lại|mục|điều|tôi|đoạn|thích|ngắn|đi
""",
}
